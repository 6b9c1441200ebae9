using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>The attributes that users write, and what they say.</summary>
internal static class Annotations
{
    public const string Node = "Crdt.CrdtNodeAttribute";
    public const string Relationship = "Crdt.CrdtRelAttribute";
    public const string Schema = "Crdt.CrdtSchemaAttribute";
    public const string QueryResult = "Crdt.QueryResultAttribute";
    public const string Column = "Crdt.ColumnAttribute";
    public const string Key = "Crdt.KeyAttribute";
    public const string Lww = "Crdt.LwwAttribute";
    public const string Counter = "Crdt.CounterAttribute";
    public const string OrSet = "Crdt.OrSetAttribute";
    public const string MultiValue = "Crdt.MultiValueAttribute";
    public const string GrowOnlyCounter = "Crdt.GrowOnlyCounterAttribute";
    public const string EnableWins = "Crdt.EnableWinsAttribute";
    public const string DisableWins = "Crdt.DisableWinsAttribute";
    public const string Max = "Crdt.MaxAttribute";
    public const string Min = "Crdt.MinAttribute";
    public const string OrMap = "Crdt.OrMapAttribute";
    public const string CounterMap = "Crdt.CounterMapAttribute";
    public const string Decimal = "Crdt.DecimalAttribute";
    public const string OrderedList = "Crdt.OrderedListAttribute";
    public const string Unique = "Crdt.UniqueAttribute";

    /// <summary>All that properties can be marked with.</summary>
    public static readonly string[] OnProperties =
        [Key, Lww, Counter, OrSet, MultiValue, GrowOnlyCounter, EnableWins, DisableWins, Max, Min, OrMap, CounterMap, OrderedList];

    public static bool IsOnProperty(AttributeData attribute) => OnProperties.Contains(NameOf(attribute));

    /// <summary>The name of one of ours; empty for any other attribute. Asked so often that having it displayed would be felt.</summary>
    public static string NameOf(AttributeData attribute) => attribute.AttributeClass is
    {
        ContainingType: null, ContainingNamespace: { Name: "Crdt", ContainingNamespace.IsGlobalNamespace: true },
    } type
        ? "Crdt." + type.MetadataName
        : "";

    /// <summary>How users write it: <c>[Lww]</c>.</summary>
    public static string Shown(string name) => $"[{name.Substring("Crdt.".Length, name.Length - "Crdt.Attribute".Length)}]";

    public static AttributeData? Find(ISymbol symbol, string name) => symbol.GetAttributes().FirstOrDefault(attribute => NameOf(attribute) == name);

    public static bool Has(ISymbol symbol, string name) => Find(symbol, name) is not null;

    public static string? Text(AttributeData attribute, string argument) =>
        attribute.NamedArguments.FirstOrDefault(named => named.Key == argument).Value is { IsNull: false, Value: string text } ? text : null;

    public static int? Number(AttributeData attribute, string argument) =>
        attribute.NamedArguments.FirstOrDefault(named => named.Key == argument).Value is { IsNull: false, Value: int number } ? number : null;

    public static long? Long(AttributeData attribute, string argument) =>
        attribute.NamedArguments.FirstOrDefault(named => named.Key == argument).Value is { IsNull: false, Value: long number } ? number : null;

    public static bool Flag(AttributeData attribute, string argument) =>
        attribute.NamedArguments.FirstOrDefault(named => named.Key == argument).Value is { IsNull: false, Value: true };

    public static Location? PlaceOf(AttributeData attribute) => attribute.ApplicationSyntaxReference is { } reference
        ? Location.Create(reference.SyntaxTree, reference.Span)
        : null;
}
