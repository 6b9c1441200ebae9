using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Crdt.Generators.Parsing;

/// <summary>
/// Plain records as values: what they are made of is their primary constructor, so that reading one gives what was
/// written, whole.
/// </summary>
internal static class RecordValues
{
    /// <summary>The record as a value; null where it isn't a plain one, or where a member is none.</summary>
    public static ValueModel? Find(INamedTypeSymbol type, int depth) => Obstacle(type) is null ? Make(type, Primary(type)!, depth) : null;

    /// <summary>What keeps a record from being a value, in words; null where nothing does, or where it is a member's type.</summary>
    public static string? Obstacle(INamedTypeSymbol type)
    {
        if (type.Arity > 0) return "is generic";
        if (type.IsAbstract) return "is abstract";
        if (Visibility.Of(type) < Visibility.Internal) return "is hidden from the generated codec; make it internal, with all types around it";
        if (type is { TypeKind: TypeKind.Class, BaseType.SpecialType: not SpecialType.System_Object }) return "has a base record";
        if (type is { TypeKind: TypeKind.Struct, IsReadOnly: false }) return "is a mutable struct; declare it as a readonly record struct";
        if (Primary(type) is not { Parameters.Length: > 0 } primary) return "has no primary constructor with its members";
        var properties = type.GetMembers().OfType<IPropertySymbol>().Where(property => property.SetMethod is not null && !property.IsStatic);
        var extra = properties.FirstOrDefault(property => primary.Parameters.All(parameter => parameter.Name != property.Name));
        if (extra is not null) return $"has the property '{extra.Name}' beside its primary constructor, which would be lost";
        if (primary.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal)) return "has a primary constructor that is hidden";
        if (primary.Parameters.FirstOrDefault(parameter => !IsReadable(type, parameter)) is { } hidden) return $"has no property '{hidden.Name}' that can be read everywhere";
        if (type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => HoldsMore(field, primary)) is { } more)
            return $"has the member '{(more.AssociatedSymbol ?? more).Name}' beside its primary constructor, which would be lost";
        var mutable = properties.FirstOrDefault(property => !property.SetMethod!.IsInitOnly);
        return mutable is null ? null : $"has the property '{mutable.Name}', which can be changed in place, unnoticed";
    }

    private static bool IsReadable(INamedTypeSymbol type, IParameterSymbol parameter) => type.GetMembers(parameter.Name).OfType<IPropertySymbol>()
        .Any(property => property is { IsStatic: false, GetMethod.DeclaredAccessibility: Accessibility.Public or Accessibility.Internal });

    // What holds the property of a parameter is written as that parameter.
    private static bool HoldsMore(IFieldSymbol field, IMethodSymbol primary) =>
        field is { IsStatic: false, IsConst: false }
        && !(field.AssociatedSymbol is IPropertySymbol property && primary.Parameters.Any(parameter => parameter.Name == property.Name));

    private static ValueModel? Make(INamedTypeSymbol type, IMethodSymbol primary, int depth)
    {
        var parts = new List<(string Name, ValueModel Value)>();
        foreach (var parameter in primary.Parameters)
        {
            // At once: a record that contains itself several times would be looked at in more ways than can be tried.
            if (ValueTypes.FindPart(parameter.Type, depth) is not { } value) return null;
            parts.Add((parameter.Name, value));
        }

        var full = Symbols.Full(type);
        var record = new ValueRecordModel(full, $"{type.Name}_{DataNumber.Of(full):x8}_Codec", new([.. parts.Select(part => new MemberModel(Names.Escaped(part.Name), part.Value.Type, part.Value.Codec))]));
        var members = parts.Select(part => $"new global::Crdt.Schema.ValueMember(\"{part.Name}\", {part.Value.Schema})");
        return new(
            $"global::Crdt.Schema.ValueSchema.Record({string.Join(", ", members)})",
            full,
            record.FullName,
            $"new({string.Join(", ", parts.Select(part => part.Value.Initial))})",
            KeyForm.None)
        {
            IsReference = type.IsReferenceType,
            HasOrder = false,
            Described = $"Record({string.Join(", ", parts.Select(part => $"{part.Value.Described} {part.Name}"))})",
            Records = new([.. parts.SelectMany(part => part.Value.Records), record]),
        };
    }

    /// <summary>The constructor that says what a record is made of; null where it has none.</summary>
    public static IMethodSymbol? Primary(INamedTypeSymbol type) => type.InstanceConstructors.FirstOrDefault(constructor =>
        constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is RecordDeclarationSyntax { ParameterList: not null }))
        // One from another project has no syntax: the longest constructor whose parameters are all properties.
        ?? type.InstanceConstructors
            .Where(constructor => constructor.Parameters.Length > 0 && constructor.Parameters.All(parameter => type.GetMembers(parameter.Name).OfType<IPropertySymbol>().Any()))
            .OrderByDescending(constructor => constructor.Parameters.Length)
            .FirstOrDefault();
}
