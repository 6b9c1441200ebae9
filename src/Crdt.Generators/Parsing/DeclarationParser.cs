using System.Runtime.CompilerServices;
using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.Generators.Parsing;

/// <summary>Reads where a class stands and whether another part of it can be emitted there.</summary>
internal static class DeclarationParser
{
    // Found once for each namespace rather than once for each class in it.
    private static readonly ConditionalWeakTable<INamespaceOrTypeSymbol, HashSet<string>> Twins = new();

    /// <summary>The declaration of an annotated class; null, with findings, where it can't be completed.</summary>
    public static DeclarationModel? Parse(INamedTypeSymbol type, string annotation, Findings findings, CancellationToken cancellation)
    {
        var before = findings.Count;
        RequirePartial(type, annotation, findings, cancellation);
        RequireSupported(type, annotation, findings, cancellation);
        if (findings.Count != before) return null;

        var containers = new List<string>();
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            containers.Insert(0, $"{Keywords(outer)} {Names.Escaped(outer.Name)}");
        return new(
            HintName(type),
            Symbols.Namespace(type),
            new([.. containers]),
            Keywords(type),
            Names.Escaped(type.Name),
            Symbols.Full(type));
    }

    private static void RequireSupported(INamedTypeSymbol type, string annotation, Findings findings, CancellationToken cancellation)
    {
        if (Unsupported(type, annotation, cancellation) is { } reason) Refuse(type, reason);
        else if (annotation is not (Annotations.Schema or Annotations.QueryResult) && Required(type) is { } member) Refuse(member, $"has the required member '{member.Name}'");

        void Refuse(ISymbol at, string reason) =>
            findings.Add(Rules.UnsupportedClass, Symbols.PlaceOf(at), type.Name, reason, Annotations.Shown(annotation), Supported(annotation));
    }

    private static string Supported(string annotation) => annotation switch
    {
        Annotations.Schema => "a partial class, neither generic nor a record",
        Annotations.QueryResult => "a partial class, record or struct: neither generic, abstract nor static, and without base class",
        _ => "a plain partial class or record: neither generic, abstract nor static, without base class, primary constructor and required members",
    };

    private static void RequirePartial(INamedTypeSymbol type, string annotation, Findings findings, CancellationToken cancellation)
    {
        if (!IsPartial(type, cancellation)) findings.Add(Rules.ClassNotPartial, Symbols.PlaceOf(type), type.Name, Annotations.Shown(annotation));
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            if (!IsPartial(outer, cancellation)) findings.Add(Rules.ContainerNotPartial, Symbols.PlaceOf(outer), outer.Name, type.Name);
        }
    }

    private static string? Unsupported(INamedTypeSymbol type, string annotation, CancellationToken cancellation)
    {
        if (type.TypeKind != TypeKind.Class && (annotation != Annotations.QueryResult || type.TypeKind != TypeKind.Struct)) return type.IsRecord ? "is a record struct" : "is not a class";
        if (type.IsRecord && annotation == Annotations.Schema) return "is a record";
        for (var at = type; at is not null; at = at.ContainingType)
        {
            if (at.Arity > 0) return SymbolEqualityComparer.Default.Equals(at, type) ? "is generic" : $"is nested in the generic type '{at.Name}'";
            if (at.IsFileLocal) return "is visible in its file only";
        }

        if (annotation == Annotations.Schema) return null;
        if (type.IsStatic) return "is static";
        if (type.IsAbstract) return "is abstract";
        if (type.BaseType is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType), TypeKind: not TypeKind.Error } based) return $"has the base class '{based.Name}'";
        if (annotation == Annotations.QueryResult) return UnsupportedResult(type);
        if (Declarations(type, cancellation).Any(part => part.ParameterList is not null)) return "has a primary constructor";
        var other = annotation == Annotations.Node ? Annotations.Relationship : Annotations.Node;
        return Annotations.Has(type, other) ? $"is marked {Annotations.Shown(other)} too" : null;
    }

    // Both would be emitted into a file of one name.
    private static string? UnsupportedResult(INamedTypeSymbol type)
    {
        if (type.IsRefLikeType) return "is a ref struct";
        string[] others = [Annotations.Node, Annotations.Relationship, Annotations.Schema];
        return others.FirstOrDefault(other => Annotations.Has(type, other)) is { } marked ? $"is marked {Annotations.Shown(marked)} too" : null;
    }

    // Nothing would set it in an object that is read or merged.
    private static ISymbol? Required(INamedTypeSymbol type) =>
        type.GetMembers().FirstOrDefault(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true });

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellation) =>
        Declarations(type, cancellation).Any(part => part.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static IEnumerable<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>();

    private static string Keywords(INamedTypeSymbol type) => (type.TypeKind, type.IsRecord) switch
    {
        (TypeKind.Interface, _) => "partial interface",
        (TypeKind.Struct, false) => "partial struct",
        (TypeKind.Struct, true) => "partial record struct",
        (_, true) => "partial record",
        _ => "partial class",
    };

    private static string HintName(INamedTypeSymbol type)
    {
        var name = Symbols.Metadata(type).Replace('+', '.');
        return IsAmbiguous(type) ? $"{name}.{DataNumber.Of(name):x8}.g.cs" : $"{name}.g.cs";
    }

    // File names that differ in case only are one to the compiler.
    private static bool IsAmbiguous(INamedTypeSymbol type)
    {
        for (INamespaceOrTypeSymbol at = type; at is not INamespaceSymbol { IsGlobalNamespace: true }; at = Container(at))
        {
            if (Twins.GetValue(Container(at), FindTwins).Contains(at.Name)) return true;
        }

        return false;
    }

    private static INamespaceOrTypeSymbol Container(INamespaceOrTypeSymbol symbol) =>
        (INamespaceOrTypeSymbol?)symbol.ContainingType ?? symbol.ContainingNamespace;

    private static HashSet<string> FindTwins(INamespaceOrTypeSymbol container)
    {
        var names = container.GetMembers().OfType<INamespaceOrTypeSymbol>().Select(member => member.Name).Distinct();
        return [.. names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).SelectMany(group => group)];
    }
}
