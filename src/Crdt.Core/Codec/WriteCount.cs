using Crdt.Schema;

namespace Crdt.Codec;

/// <summary>How many writes of a field are in force.</summary>
/// <param name="Field">The field's number.</param>
/// <param name="Kind">How it merges.</param>
/// <param name="Writes">All of them.</param>
/// <param name="Concurrent">The most that stand side by side: in the field, or under one of its keys.</param>
/// <param name="Differ">Whether writes to a register that stand side by side, in the field or under one of its keys, hold different values.</param>
public readonly record struct WriteCount(uint Field, FieldKind Kind, int Writes, int Concurrent, bool Differ)
{
    /// <summary>
    /// Whether a rule had to choose among them, so that a person may want to look: several concurrent writes to a register. Where all wrote
    /// the same, there was nothing to choose.
    /// </summary>
    public bool InConflict => Differ && Kind is (FieldKind.Register or FieldKind.Map);
}
