using Crdt.Projection;

namespace Crdt.Kuzu.Binding;

/// <summary>A node as a query returned it.</summary>
/// <param name="Id">Its place in the file.</param>
/// <param name="Label">Its table.</param>
/// <param name="Properties">Its properties by name, as <see cref="KuzuResult.GetValue"/> gives them.</param>
public sealed record KuzuNode(KuzuInternalId Id, string Label, IReadOnlyDictionary<string, object?> Properties) : IDatabaseValue
{
    object IDatabaseValue.ToPlain() => Properties;
}
