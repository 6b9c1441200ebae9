using Crdt.Clocks;
using Crdt.Sync.Conflicts;

namespace Crdt.Sync.Truth;

/// <summary>What came of events that a peer sent.</summary>
/// <param name="Vector">What has been applied now, durably.</param>
/// <param name="Events">How many events were applied.</param>
/// <param name="Entities">How many entities they changed.</param>
/// <param name="Held">How many were held back because their clock is too far ahead, or follow one whose is.</param>
internal sealed record AppliedEvents(VersionVector Vector, int Events, int Entities, int Held)
{
    /// <summary>How many were refused, because they are malformed or follow one of the same origin that is.</summary>
    public int Refused { get; init; }

    /// <summary>The conflicts that came of it.</summary>
    public IReadOnlyList<Conflict> Conflicts { get; init; } = [];
}
