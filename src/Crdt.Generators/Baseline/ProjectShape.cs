using Crdt.Generators.Model;

namespace Crdt.Generators.Baseline;

/// <summary>What the data of all annotated classes of a project looks like.</summary>
/// <param name="Types">The classes without mistakes, by name.</param>
/// <param name="IsWhole">Whether these are all.</param>
internal sealed record ProjectShape(EquatableArray<TypeShape> Types, bool IsWhole)
{
    /// <summary>The shape of a project. Names that occur twice, which a schema refuses, count once.</summary>
    public static ProjectShape Of(IEnumerable<TypeShape?> types)
    {
        var all = types.ToList();
        var known = all.OfType<TypeShape>().OrderBy(type => type.Class, StringComparer.Ordinal).GroupBy(type => type.Name).Select(same => same.First());
        return new(new([.. known.OrderBy(type => type.Name, StringComparer.Ordinal)]), !all.Contains(null));
    }
}
