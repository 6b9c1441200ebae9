using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Parsing;

/// <summary>Reads the bound of a counter, which makes another kind of field of it.</summary>
internal static class BoundParser
{
    /// <summary>The field as a bounded counter where its attribute names a bound; the field itself where it doesn't.</summary>
    public static FieldModel? Apply(IPropertySymbol property, AttributeData attribute, FieldModel? field, Findings findings)
    {
        if (Annotations.Long(attribute, "Max") is not null)
            findings.AddToMember(Rules.CounterWithMax, Annotations.PlaceOf(attribute), property.ContainingType.Name, property.Name);
        if (field is null || Annotations.Long(attribute, "Min") is not { } min) return field;
        RequireFree(property, findings);
        return field with { Form = FieldForm.BoundedCounter, Min = min };
    }

    private static void RequireFree(IPropertySymbol property, Findings findings)
    {
        var type = property.ContainingType;
        string[] names = [BoundedNames.Rights(property.Name), BoundedNames.Give(property.Name), BoundedNames.Ask(property.Name)];
        foreach (var member in names.SelectMany(name => type.GetMembers(name)))
            findings.AddToMember(Rules.NameTaken, Symbols.PlaceOf(member), type.Name, member.Name);
    }
}
