using System.Globalization;
using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Reads a class marked as a schema.</summary>
internal static class SchemaParser
{
    public static Parsed<SchemaModel> Parse(INamedTypeSymbol type, AttributeData attribute, CancellationToken cancellation)
    {
        var findings = new Findings();
        var model = Parse(type, attribute, findings, cancellation);
        return new(findings.AreFatal ? null : model, new(findings.ToArray()));
    }

    private static SchemaModel? Parse(INamedTypeSymbol type, AttributeData attribute, Findings findings, CancellationToken cancellation)
    {
        if (DeclarationParser.Parse(type, Annotations.Schema, findings, cancellation) is not { } declaration) return null;
        ReservedNames.RequireFree(type, Annotations.Schema, findings);
        var name = attribute.ConstructorArguments is { Length: 1 } arguments && arguments[0].Value is string text ? text : "";
        var version = Annotations.Number(attribute, "Version") ?? 1;
        if (string.IsNullOrWhiteSpace(name)) findings.Add(Rules.InvalidSchema, Annotations.PlaceOf(attribute), type.Name, "has no name");
        if (version < 1) findings.Add(Rules.InvalidSchema, Annotations.PlaceOf(attribute), type.Name, $"has version {version}; versions count from 1");
        return new(declaration, Symbols.Metadata(type), name, version.ToString(CultureInfo.InvariantCulture));
    }
}
