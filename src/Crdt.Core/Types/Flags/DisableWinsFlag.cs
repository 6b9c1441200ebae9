using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Types.Flags;

/// <summary>A flag that starts on, and that is off where it was switched on and off concurrently.</summary>
/// <param name="schema">The field that this is.</param>
public sealed class DisableWinsFlag(FieldSchema schema) : FlagField(FieldKind.DisableWins, schema, held: false)
{
    private protected override DotFunField<Presence> NewEmpty() => new DisableWinsFlag(Schema);
}
