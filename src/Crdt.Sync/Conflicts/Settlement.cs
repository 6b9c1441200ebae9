using Crdt.Conflicts;

namespace Crdt.Sync.Conflicts;

/// <summary>What a person decides about a conflict.</summary>
public sealed class Settlement
{
    private Settlement(bool accepts, ConflictingWrite? write) => (Accepts, Write) = (accepts, write);

    /// <summary>
    /// What the rule made of it stands: the field keeps what it reads as; a deleted entity stays deleted, and what was written to it is gone; a
    /// relationship that is hidden by another is deleted; of two nodes that share a unique value, the later one loses it, where the field can be without one.
    /// </summary>
    public static Settlement Accept { get; } = new(true, null);

    /// <summary>The other way round: a deleted entity comes back with what was written concurrently; a hidden relationship takes the place of the one that hides it, which is deleted; of two nodes that share a unique value, the earlier one loses it.</summary>
    public static Settlement Restore { get; } = new(false, null);

    /// <summary>The field takes the value of one of <see cref="Conflict.Competing"/>. Any other value is an ordinary write, which settles a conflict as well.</summary>
    public static Settlement Choose(ConflictingWrite write) => new(false, write);

    internal bool Accepts { get; }

    internal ConflictingWrite? Write { get; }
}
