using Crdt.Projection;

namespace Crdt.Kuzu.Binding;

/// <summary>A relationship as a query returned it.</summary>
/// <param name="Id">Its place in the file.</param>
/// <param name="Source">The node it leaves.</param>
/// <param name="Target">The node it enters.</param>
/// <param name="Label">Its table.</param>
/// <param name="Properties">Its properties by name, as <see cref="KuzuResult.GetValue"/> gives them.</param>
public sealed record KuzuRel(
    KuzuInternalId Id, KuzuInternalId Source, KuzuInternalId Target, string Label, IReadOnlyDictionary<string, object?> Properties) : IDatabaseValue
{
    object IDatabaseValue.ToPlain() => Properties;
}
