using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>The types that columns can be read into, and how.</summary>
internal static class ResultReadings
{
    /// <summary>The types of member, as a message lists them.</summary>
    public const string Supported =
        "bool, the numbers from sbyte to Int128, float, double and decimal, string, byte[], Guid, DateOnly, TimeOnly, DateTime, DateTimeOffset, TimeSpan, enums, object, "
        + "types marked [QueryResult], arrays, lists, sets and dictionaries of them, and each of them as nullable";

    private const string Values = "global::Crdt.Queries.QueryValue";
    private const string Collections = "System.Collections.Generic.";
    private const string Interface = "Crdt.Queries.IQueryResult<TSelf>";

    private static readonly Dictionary<string, string> Simple =
        new[] { "sbyte", "short", "int", "long", "byte", "ushort", "uint", "ulong", "global::System.Int128", "float", "double", "decimal" }
        .ToDictionary(number => number, number => $"Number<{number}>")
        .With("bool", "Boolean").With("string", "Text").With("object", "Any").With("byte[]", "Bytes")
        .With("global::System.Guid", "Guid").With("global::System.DateOnly", "Date").With("global::System.TimeOnly", "Time")
        .With("global::System.DateTime", "DateTime").With("global::System.DateTimeOffset", "DateTimeOffset").With("global::System.TimeSpan", "Duration");

    /// <summary>The graph database's own, which a query returns as they are.</summary>
    private static readonly string[] OfDatabase =
        [.. new[] { "Node", "Rel", "Path", "InternalId", "Interval", "Nanoseconds" }.Select(name => "global::Crdt.Kuzu.Binding.Kuzu" + name)];

    private static readonly Dictionary<string, string> OfOne = new[] { "IReadOnlyList<T>", "List<T>", "IList<T>", "IReadOnlyCollection<T>", "ICollection<T>", "IEnumerable<T>" }
        .ToDictionary(shape => Collections + shape, _ => "List")
        .With(Collections + "ISet<T>", "Set").With(Collections + "IReadOnlySet<T>", "Set").With(Collections + "HashSet<T>", "Set");

    private static readonly string[] OfTwo = [.. new[] { "IReadOnlyDictionary", "IDictionary", "Dictionary" }.Select(name => $"{Collections}{name}<TKey, TValue>")];

    /// <summary>A function that makes the type of a value; null where there is none.</summary>
    public static string? Find(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return Required(nullable.TypeArguments[0]) is { } reader ? Call("Optional", nullable.TypeArguments[0], reader) : null;
        if (Required(type) is not { } required) return null;
        // Where nullability isn't switched on, nothing keeps the user from expecting null.
        if (!type.IsReferenceType || type.NullableAnnotation == NullableAnnotation.NotAnnotated) return required;
        return Call("OptionalReference", Plain(type), required);
    }

    private static string? Required(ITypeSymbol type)
    {
        var name = Symbols.Full(type);
        if (Simple.TryGetValue(name, out var reading)) return $"{Values}.{reading}";
        if (OfDatabase.Contains(name)) return $"{Values}.Same<{name}>";
        if (type.TypeKind == TypeKind.Enum) return $"{Values}.Enum<{name}>";
        if (type is IArrayTypeSymbol { Rank: 1 } array) return Find(array.ElementType) is { } element ? Call("Array", array.ElementType, element) : null;
        if (type is not INamedTypeSymbol named) return null;
        if (!IsResult(named)) return Collection(named);
        // What keeps such a type from being completed is told there, and is no mistake of the member's.
        return IsCompleted(named) ? $"{Values}.Record<{name}>" : "static _ => default!";
    }

    private static string? Collection(INamedTypeSymbol type)
    {
        var shape = type.OriginalDefinition.ToDisplayString();
        if (OfOne.TryGetValue(shape, out var reading)) return Find(type.TypeArguments[0]) is { } item ? Call(reading, type.TypeArguments[0], item) : null;
        if (!OfTwo.Contains(shape) || Find(type.TypeArguments[0]) is not { } key || Find(type.TypeArguments[1]) is not { } value) return null;
        return $"static value => {Values}.Map<{Written(type.TypeArguments[0])}, {Written(type.TypeArguments[1])}>(value, {key}, {value})";
    }

    private static bool IsResult(INamedTypeSymbol type) =>
        Annotations.Has(type, Annotations.QueryResult) || type.AllInterfaces.Any(implemented => implemented.OriginalDefinition.ToDisplayString() == Interface);

    private static bool IsCompleted(INamedTypeSymbol type) =>
        !Annotations.Has(type, Annotations.QueryResult)
        || Symbols.PlaceOf(type) is null
        || DeclarationParser.Parse(type, Annotations.QueryResult, new(), CancellationToken.None) is not null;

    private static string Call(string reading, ITypeSymbol type, string reader) => $"static value => {Values}.{reading}<{Written(type)}>(value, {reader})";

    private static string Written(ITypeSymbol type) => Symbols.FullWithNullability(type);

    private static ITypeSymbol Plain(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);

    private static Dictionary<string, string> With(this Dictionary<string, string> all, string key, string value)
    {
        all.Add(key, value);
        return all;
    }
}
