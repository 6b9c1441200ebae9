using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.Generators.Parsing;

/// <summary>Reads what only records have. Left to the compiler, a copy would share what merges with its original.</summary>
internal static class RecordParser
{
    /// <summary>What the generator has to do for a record; null for a class.</summary>
    public static RecordModel? Parse(INamedTypeSymbol type, string annotation, Findings findings)
    {
        if (!type.IsRecord) return null;
        foreach (var constructor in type.InstanceConstructors.Where(constructor => IsCopy(constructor, type)))
            findings.Add(Rules.UncopiableRecord, Symbols.PlaceOf(constructor), type.Name, "has a copy constructor");
        var isPrintedByUser = type.GetMembers("PrintMembers").OfType<IMethodSymbol>().Any(IsPrinter);
        return new(type.IsSealed, Copied(type, findings), isPrintedByUser ? EquatableArray<PrintedModel>.Empty : Printed(type, annotation), isPrintedByUser);
    }

    private static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type) =>
        !constructor.IsImplicitlyDeclared && constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);

    private static bool IsPrinter(IMethodSymbol method) =>
        !method.IsImplicitlyDeclared && method.Parameters.Length == 1 && Symbols.Full(method.Parameters[0].Type) == "global::System.Text.StringBuilder";

    private static EquatableArray<string> Copied(INamedTypeSymbol type, Findings findings)
    {
        var copied = new List<string>();
        foreach (var member in type.GetMembers().Where(member => !member.IsStatic && HoldsSomething(member)))
        {
            var holder = (member as IFieldSymbol)?.AssociatedSymbol ?? member;
            if (holder is IPropertySymbol { ExplicitInterfaceImplementations.Length: > 0 })
                findings.Add(Rules.UncopiableRecord, Symbols.PlaceOf(holder), type.Name, $"holds a value in '{holder.Name}', which can't be set from without");
            copied.Add(Names.Escaped(holder.Name));
        }

        return new([.. copied.Distinct()]);
    }

    private static bool HoldsSomething(ISymbol member) => member switch
    {
        IFieldSymbol => true,
        IEventSymbol => member.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is VariableDeclaratorSyntax),
        _ => false,
    };

    // As the compiler would, but without what the generator adds.
    private static EquatableArray<PrintedModel> Printed(INamedTypeSymbol type, string annotation)
    {
        string[] ends = annotation == Annotations.Relationship ? ["SourceId", "TargetId"] : [];
        return new([.. ends.Select(end => new PrintedModel(end, end, false)), .. type.GetMembers().Where(IsPrinted).Select(Printed)]);
    }

    private static PrintedModel Printed(ISymbol member) =>
        new(member.Name, Names.Escaped(member.Name), member is IPropertySymbol property && IsSequence(property));

    private static bool IsPrinted(ISymbol member) =>
        member is { DeclaredAccessibility: Accessibility.Public, IsStatic: false, IsImplicitlyDeclared: false, IsOverride: false }
        && member is IFieldSymbol or IPropertySymbol { GetMethod: not null, IsIndexer: false }
        && TypeOf(member) is { IsRefLikeType: false, TypeKind: not (TypeKind.Pointer or TypeKind.FunctionPointer) }
        && !member.GetAttributes().Any(IsForbidding);

    // [Obsolete("…", true)]: emitted code may not read it either.
    private static bool IsForbidding(AttributeData attribute) =>
        attribute.AttributeClass is { Name: "ObsoleteAttribute", ContainingNamespace.Name: "System" }
        && attribute.ConstructorArguments is { Length: 2 } arguments
        && arguments[1].Value is true;

    private static ITypeSymbol TypeOf(ISymbol member) => member is IFieldSymbol field ? field.Type : ((IPropertySymbol)member).Type;

    // What merges as a collection has the form of an interface, and no text of its own.
    private static bool IsSequence(IPropertySymbol property) =>
        property.Type.TypeKind == TypeKind.Interface
        && property.GetAttributes().Any(Annotations.IsOnProperty)
        && property.Type.AllInterfaces.Any(implemented => implemented.SpecialType == SpecialType.System_Collections_IEnumerable);
}
