using Crdt.Generators.Diagnostics;
using Crdt.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Crdt.Generators.Baseline;

/// <summary>
/// Something that code and baseline don't agree on. One that is reported in the code names the class and property there: were a shape
/// to hold places, every edit above a class would change it.
/// </summary>
internal sealed record Difference(Finding Finding)
{
    /// <summary>The class by its name in metadata; empty where the baseline is the place.</summary>
    public string Class { get; init; } = "";

    /// <summary>The property; empty for the class as a whole.</summary>
    public string Property { get; init; } = "";

    public Diagnostic ToDiagnostic(Compilation compilation)
    {
        if (Class.Length == 0) return Finding.ToDiagnostic();
        var type = compilation.Assembly.GetTypeByMetadataName(Class);
        var member = Property.Length == 0 ? type : (ISymbol?)type?.GetMembers(Property).FirstOrDefault() ?? type;
        return Finding.ToDiagnostic(member is null ? null : Symbols.PlaceOf(member));
    }
}
