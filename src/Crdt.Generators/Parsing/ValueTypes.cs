using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>The types of value that the library has a codec for, or that the generator can make one for.</summary>
internal static class ValueTypes
{
    /// <summary>The deepest that lists and records may be nested; a record that contains itself has no end.</summary>
    private const int MaxDepth = 16;

    /// <summary>The list that a value can be.</summary>
    public const string ListDefinition = "System.Collections.Generic.IReadOnlyList<T>";

    private const string Schemas = "global::Crdt.Schema.ValueSchema";

    private static readonly Dictionary<string, ValueModel> ByType = new[]
    {
        Of("Boolean", "bool", "Boolean"),
        Of("Int8", "sbyte", "SByte", KeyForm.Integer),
        Of("Int16", "short", "Int16", KeyForm.Integer),
        Of("Int32", "int", "Int32", KeyForm.Integer),
        Of("Int64", "long", "Int64", KeyForm.Integer),
        Of("UInt8", "byte", "Byte", KeyForm.Integer),
        Of("UInt16", "ushort", "UInt16", KeyForm.Integer),
        Of("UInt32", "uint", "UInt32", KeyForm.Integer),
        Of("UInt64", "ulong", "UInt64", KeyForm.Integer),
        Of("Int128", "global::System.Int128", "Int128"),
        Of("Single", "float", "Single"),
        Of("Double", "double", "Double"),
        Of("Decimal", "decimal", "Decimal"),
        Of("Text", "string", "Text", KeyForm.Text, initial: "\"\"") with { IsReference = true },
        Of("Bytes", "byte[]", "Bytes", initial: "[]") with { IsReference = true },
        Of("Guid", "global::System.Guid", "Guid", KeyForm.Guid),
        Of("Date", "global::System.DateOnly", "Date"),
        Of("Time", "global::System.TimeOnly", "Time"),
        Of("DateTime", "global::System.DateTime", "DateTime", initial: "global::System.DateTime.SpecifyKind(default, global::System.DateTimeKind.Utc)"),
        Of("DateTimeOffset", "global::System.DateTimeOffset", "DateTimeOffset"),
        Of("Duration", "global::System.TimeSpan", "Duration"),
    }.ToDictionary(value => value.Type);

    /// <summary>The types of field, as a message lists them.</summary>
    public static string Supported { get; } = Listed(ByType.Values) + ", enums, IReadOnlyList<T> of them, and plain records of them";

    /// <summary>The types of key, as a message lists them.</summary>
    public static string SupportedAsKey { get; } = Listed(ByType.Values.Where(value => value.Key != KeyForm.None));

    /// <summary>What counters count in.</summary>
    public static ValueModel Long => ByType["long"];

    /// <summary>Finds a type, nullable or not; null where there is no codec for it.</summary>
    public static ValueModel? Find(ITypeSymbol type, out bool nullable, int depth = 0)
    {
        nullable = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        if (nullable) return ByName(((INamedTypeSymbol)type).TypeArguments[0], depth);
        // Where nullability isn't switched on, nothing keeps the user from assigning null.
        nullable = type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated;
        return ByName(type, depth);
    }

    /// <summary>Finds the type of an item or a member, which may be absent.</summary>
    public static ValueModel? FindPart(ITypeSymbol type, int depth) => Find(type, out var nullable, depth) is not { } value ? null : nullable ? value.Optional() : value;

    private static ValueModel? ByName(ITypeSymbol type, int depth)
    {
        if (ByType.TryGetValue(type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), out var value)) return value;
        if (type is not INamedTypeSymbol named || depth > MaxDepth) return null;
        if (named.TypeKind == TypeKind.Enum) return OfEnum(named);
        if (Symbols.ArgumentOf(named, ListDefinition) is { } item) return FindPart(item, depth + 1) is { } part ? OfList(part) : null;
        return named.IsRecord ? RecordValues.Find(named, depth + 1) : null;
    }

    private static ValueModel OfEnum(INamedTypeSymbol type)
    {
        var number = ByType[Symbols.Full(type.EnumUnderlyingType!)];
        var names = type.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue)
            .Select(field => $", new global::Crdt.Schema.EnumName({Literal(field.ConstantValue!)}, \"{field.Name}\")");
        return new(
            $"{Schemas}.Enum({number.Schema}{string.Concat(names)})",
            Symbols.Full(type),
            $"global::Crdt.Codec.EnumCodec<{Symbols.Full(type)}, {number.Type}, {number.Codec}>",
            "default",
            KeyForm.None)
        { Described = $"Enum of {number.Described}" };
    }

    private static string Literal(object number) => number is ulong large
        ? $"unchecked((long){large}UL)"
        : $"{System.Convert.ToInt64(number, System.Globalization.CultureInfo.InvariantCulture).ToString(System.Globalization.CultureInfo.InvariantCulture)}L";

    private static ValueModel OfList(ValueModel item) => new(
        $"{Schemas}.List({item.Schema})",
        $"global::System.Collections.Generic.IReadOnlyList<{item.Type}>",
        $"global::Crdt.Codec.ListCodec<{item.Type}, {item.Codec}>",
        "[]",
        KeyForm.None)
    { IsReference = true, HasOrder = false, Described = $"List of {item.Described}", Records = item.Records };

    private static ValueModel Of(string kind, string type, string codec, KeyForm key = KeyForm.None, string initial = "default") =>
        new($"global::Crdt.Schema.ValueKind.{kind}", type, $"global::Crdt.Codec.{codec}Codec", initial, key) { Described = kind };

    private static string Listed(IEnumerable<ValueModel> values) => string.Join(", ", values.Select(value => value.Type.Replace("global::System.", "")));
}
