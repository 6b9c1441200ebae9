using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>The attributes that users write, and what they say.</summary>
internal static class Annotations
{
    public const string Node = "Crdt.CrdtNodeAttribute";
    public const string Relationship = "Crdt.CrdtRelAttribute";
    public const string Schema = "Crdt.CrdtSchemaAttribute";
    public const string Key = "Crdt.KeyAttribute";
    public const string Lww = "Crdt.LwwAttribute";
    public const string Counter = "Crdt.CounterAttribute";
    public const string OrSet = "Crdt.OrSetAttribute";

    public static bool IsOnProperty(AttributeData attribute) => NameOf(attribute) is Key or Lww or Counter or OrSet;

    public static string NameOf(AttributeData attribute) => attribute.AttributeClass?.ToDisplayString() ?? "";

    /// <summary>How users write it: <c>[Lww]</c>.</summary>
    public static string Shown(string name) => $"[{name.Substring("Crdt.".Length, name.Length - "Crdt.Attribute".Length)}]";

    public static AttributeData? Find(ISymbol symbol, string name) => symbol.GetAttributes().FirstOrDefault(attribute => NameOf(attribute) == name);

    public static bool Has(ISymbol symbol, string name) => Find(symbol, name) is not null;

    public static string? Text(AttributeData attribute, string argument) =>
        attribute.NamedArguments.FirstOrDefault(named => named.Key == argument).Value is { IsNull: false, Value: string text } ? text : null;

    public static int? Number(AttributeData attribute, string argument) =>
        attribute.NamedArguments.FirstOrDefault(named => named.Key == argument).Value is { IsNull: false, Value: int number } ? number : null;

    public static Location? PlaceOf(AttributeData attribute) => attribute.ApplicationSyntaxReference is { } reference
        ? Location.Create(reference.SyntaxTree, reference.Span)
        : null;
}
