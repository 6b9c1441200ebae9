using Crdt.Generators.Diagnostics;

namespace Crdt.Generators.Model;

/// <summary>What came of one annotated class: its model, or the mistakes that keep it from having one.</summary>
internal sealed record Parsed<TModel>(TModel? Model, EquatableArray<Finding> Findings)
    where TModel : class
{
    /// <summary>Of what turned out to be no annotated class.</summary>
    public static Parsed<TModel> Nothing { get; } = new(null, EquatableArray<Finding>.Empty);
}
