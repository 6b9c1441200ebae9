using Crdt.Schema;

namespace Crdt.Conflicts;

/// <summary>A register, or a key of a map, with concurrent writes, as it is stored.</summary>
/// <param name="Field">The field.</param>
/// <param name="KeyBytes">The canonical bytes of the map's key; empty for a register.</param>
/// <param name="Key">The map's key; null for a register.</param>
/// <param name="Writes">The writes, two or more, ascending by replica and number.</param>
/// <param name="Reads">What the rule makes of them.</param>
/// <param name="Winner">The write that it chose; null where it made something of its own of them.</param>
internal sealed record FieldConflict(FieldSchema Field, byte[] KeyBytes, object? Key, IReadOnlyList<ConflictingWrite> Writes, object? Reads, ConflictingWrite? Winner)
{
    /// <summary>The rule's name.</summary>
    public string Rule => Field.Rule?.Name ?? "last_write_wins";
}
