using Crdt.Entities;

namespace Crdt.Storage;

/// <summary>The new state of one entity.</summary>
/// <param name="Id">Which entity.</param>
/// <param name="State">Its state as canonical bytes; empty where nothing of it is left.</param>
/// <param name="WasAlive">Whether it was alive before this change.</param>
/// <param name="IsAlive">Whether it is alive now.</param>
/// <param name="InConflict">Whether the state holds something that a person may want to settle.</param>
public sealed record EntityWrite(EntityId Id, ReadOnlyMemory<byte> State, bool WasAlive, bool IsAlive, bool InConflict)
{
    /// <summary>The values of unique fields that it has now and had not before.</summary>
    public IReadOnlyList<UniqueClaim> Claimed { get; init; } = [];

    /// <summary>Those that it had before and has no more.</summary>
    public IReadOnlyList<UniqueClaim> Released { get; init; } = [];
}
