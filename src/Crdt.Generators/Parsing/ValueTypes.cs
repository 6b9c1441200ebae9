using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>The types of value that the library has a codec for.</summary>
internal static class ValueTypes
{
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
        Of("Text", "string", "Text", KeyForm.Text, initial: "\"\""),
        Of("Bytes", "byte[]", "Bytes", initial: "[]"),
        Of("Guid", "global::System.Guid", "Guid", KeyForm.Guid),
        Of("Date", "global::System.DateOnly", "Date"),
        Of("Time", "global::System.TimeOnly", "Time"),
        Of("DateTime", "global::System.DateTime", "DateTime", initial: "global::System.DateTime.SpecifyKind(default, global::System.DateTimeKind.Utc)"),
        Of("DateTimeOffset", "global::System.DateTimeOffset", "DateTimeOffset"),
        Of("Duration", "global::System.TimeSpan", "Duration"),
    }.ToDictionary(value => value.Type);

    /// <summary>The types of field, as a message lists them.</summary>
    public static string Supported { get; } = Listed(ByType.Values);

    /// <summary>The types of key, as a message lists them.</summary>
    public static string SupportedAsKey { get; } = Listed(ByType.Values.Where(value => value.Key != KeyForm.None));

    /// <summary>Finds a type, nullable or not; null where the library has no codec for it.</summary>
    public static ValueModel? Find(ITypeSymbol type, out bool nullable)
    {
        nullable = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        if (nullable) return ByName(((INamedTypeSymbol)type).TypeArguments[0]);
        // Where nullability isn't switched on, nothing keeps the user from assigning null.
        nullable = type.IsReferenceType && type.NullableAnnotation != NullableAnnotation.NotAnnotated;
        return ByName(type);
    }

    private static ValueModel? ByName(ITypeSymbol type) =>
        ByType.TryGetValue(type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), out var value) ? value : null;

    private static ValueModel Of(string kind, string type, string codec, KeyForm key = KeyForm.None, string initial = "default") =>
        new(kind, type, $"global::Crdt.Codec.{codec}Codec", initial, key);

    private static string Listed(IEnumerable<ValueModel> values) => string.Join(", ", values.Select(value => value.Type.Replace("global::System.", "")));
}
