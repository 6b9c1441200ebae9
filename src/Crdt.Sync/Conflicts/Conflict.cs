using Crdt.Conflicts;
using Crdt.Entities;
using Crdt.Schema;

namespace Crdt.Sync.Conflicts;

/// <summary>Concurrent writes that were settled by a rule, and that a person may settle otherwise: <see cref="ConflictInbox.SettleAsync"/>.</summary>
/// <param name="Kind">What met what.</param>
/// <param name="Type">The type of the entity.</param>
/// <param name="Entity">The entity.</param>
/// <param name="Field">The register or map that was written; null where the entity itself was deleted, or is hidden.</param>
/// <param name="Writes">How many writes are in force; where relationships compete, how many of them do so directly, this one included; where nodes share a value, how many do.</param>
/// <param name="Resolution">
/// The rule that chose: <c>last_write_wins</c>, <c>first_write_wins</c>, <c>online_wins</c>, <c>max</c>, <c>min</c>, or <c>custom</c> for a method of the
/// user's; <c>delete_wins</c>, <c>latest_connection_wins</c> and <c>first_claim_wins</c> for the other kinds.
/// </param>
public sealed record Conflict(ConflictKind Kind, EntityType Type, EntityId Entity, FieldSchema? Field, int Writes, string Resolution)
{
    /// <summary>The relationship that is shown in place of this one; the default value where none is.</summary>
    public EntityId Shown { get; init; }

    /// <summary>The node that had the value of a unique field first; the default value for the other kinds.</summary>
    public EntityId Owner { get; init; }

    /// <summary>The key of the map that was written; null for a register.</summary>
    public object? Key { get; init; }

    /// <summary>
    /// Every competing write of a register or a key: who wrote what and when, and whether offline; ascending by replica and number, the same on every
    /// replica. Empty for the other kinds.
    /// </summary>
    public IReadOnlyList<ConflictingWrite> Competing { get; init; } = [];

    /// <summary>The write that the rule chose; null where it made something of its own of them, and for the other kinds.</summary>
    public ConflictingWrite? Winner { get; init; }

    /// <summary>What the field reads as, by the rule.</summary>
    public object? Reads { get; init; }

    /// <summary>What was written to an entity that was deleted concurrently, by the names of the fields; empty for the other kinds.</summary>
    public IReadOnlyDictionary<string, object?> Hidden { get; init; } = new Dictionary<string, object?>();

    /// <summary>Tells it from every other, also from one at the same place that came of other writes.</summary>
    internal ConflictId Id { get; init; }
}
