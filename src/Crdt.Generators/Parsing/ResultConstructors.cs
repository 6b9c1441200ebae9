using Crdt.Generators.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.Generators.Parsing;

/// <summary>Finds the constructor by which a type is made of a row.</summary>
internal static class ResultConstructors
{
    /// <summary>The primary constructor, else the only one; null, with a finding, where there is none that can be used.</summary>
    public static IMethodSymbol? Find(INamedTypeSymbol type, Findings findings)
    {
        var constructors = type.InstanceConstructors.Where(constructor => !IsCopy(constructor, type)).ToArray();
        var declared = constructors.Where(constructor => !constructor.IsImplicitlyDeclared).ToArray();
        var found = declared.FirstOrDefault(IsPrimary) ?? (declared.Length > 0 ? declared[0] : constructors.FirstOrDefault());
        if (Obstacle(found, declared) is not { } obstacle) return found;
        findings.AddToMember(Rules.NoResultMembers, Symbols.PlaceOf(found ?? (ISymbol)type), type.Name, obstacle);
        return null;
    }

    private static string? Obstacle(IMethodSymbol? found, IMethodSymbol[] declared)
    {
        if (found is null) return "has no constructor";
        if (declared.Length > 1 && !IsPrimary(found)) return "has more than one constructor, and none of them is primary";
        var passed = found.Parameters.FirstOrDefault(parameter => parameter.RefKind is not (RefKind.None or RefKind.In));
        return passed is null ? null : $"has a constructor whose parameter '{passed.Name}' is passed by reference";
    }

    private static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type) =>
        type.IsRecord && constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);

    private static bool IsPrimary(IMethodSymbol constructor) =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax { ParameterList: not null });
}
