using Crdt.Clocks;

namespace Crdt.Storage;

/// <summary>One atomic change of a store.</summary>
/// <param name="Revision">Its number: one above the last.</param>
/// <param name="Clock">The newest stamp given or observed by now.</param>
/// <param name="Vectors">The lanes whose vectors change, with the new ones.</param>
/// <param name="Events">The events to append to the log, in this order.</param>
/// <param name="Entities">The entities whose state changes, each once.</param>
public sealed record StoreCommit(
    long Revision,
    Stamp Clock,
    IReadOnlyDictionary<string, VersionVector> Vectors,
    IReadOnlyList<StoredEvent> Events,
    IReadOnlyList<EntityWrite> Entities)
{
    private static readonly IReadOnlyDictionary<string, VersionVector> Unchanged = new Dictionary<string, VersionVector>();
    private static readonly IReadOnlyDictionary<string, ReadOnlyMemory<byte>> NoNotes = new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>The lanes whose floors change, with the new ones; see <see cref="StoreState.Floors"/>.</summary>
    public IReadOnlyDictionary<string, VersionVector> Floors { get; init; } = Unchanged;

    /// <summary>Events that leave the log, because one of <see cref="Events"/> says what they said.</summary>
    public IReadOnlyList<EventSpan> Replaced { get; init; } = [];

    /// <summary>Notes to write by their keys; an empty one is removed.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Notes { get; init; } = NoNotes;

    /// <summary>The identity that the store writes under from this commit on, this one included; null where it keeps its own.</summary>
    public Incarnation? Incarnation { get; init; }

    /// <summary>Demands that its events hold dots that can be. O(events).</summary>
    /// <exception cref="ArgumentException">One doesn't.</exception>
    public void RequireDots()
    {
        foreach (var stored in Events)
        {
            if (stored.First > stored.Last || stored.Last > long.MaxValue)
                throw new ArgumentException($"An event can't hold the dots {stored.First} to {stored.Last}.", nameof(Events));
        }
    }

    /// <summary>Demands that every lane that it has something for has a vector, in it or before. O(events).</summary>
    /// <param name="isKnown">Whether the store knows a lane.</param>
    /// <exception cref="ArgumentException">One has none.</exception>
    public void RequireLanes(Func<string, bool> isKnown)
    {
        foreach (var stored in Events) Require(stored.Lane, "events");
        foreach (var lane in Floors.Keys) Require(lane, "a floor");
        foreach (var span in Replaced) Require(span.Lane, "events to replace");

        void Require(string lane, string has)
        {
            if (!Vectors.ContainsKey(lane) && !isKnown(lane)) throw new ArgumentException($"The lane '{lane}' has {has} but no vector.", nameof(Vectors));
        }
    }
}
