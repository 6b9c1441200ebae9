using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Types.Flags;

/// <summary>A flag that starts off, and that is on where it was switched on and off concurrently.</summary>
/// <param name="schema">The field that this is.</param>
public sealed class EnableWinsFlag(FieldSchema schema) : FlagField(FieldKind.EnableWins, schema, held: true)
{
    private protected override DotFunField<Presence> NewEmpty() => new EnableWinsFlag(Schema);
}
