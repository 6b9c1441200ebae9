using System.Collections.Immutable;
using Crdt.Clocks;
using Crdt.Storage;

namespace Crdt.Sync.Storage;

/// <summary>An event in the log of a lane.</summary>
/// <param name="At">Its place there, from 1.</param>
/// <param name="Origin">Whose it is.</param>
/// <param name="Last">The last of its dots.</param>
/// <param name="Event">The event; null in what others are looked up with.</param>
internal sealed record LoggedEvent(long At, ReplicaId Origin, ulong Last, StoredEvent? Event)
{
    /// <summary>No events, to which others are added in the order of their places.</summary>
    public static ImmutableSortedSet<LoggedEvent> Nowhere { get; } = ImmutableSortedSet.Create<LoggedEvent>(Comparer<LoggedEvent>.Create((a, b) => a.At.CompareTo(b.At)));

    /// <summary>No events, to which others are added in the order of their origins and dots.</summary>
    public static ImmutableSortedSet<LoggedEvent> OfNobody { get; } = ImmutableSortedSet.Create<LoggedEvent>(
        Comparer<LoggedEvent>.Create((a, b) => (a.Origin, a.Last, a.At).CompareTo((b.Origin, b.Last, b.At))));

    public static LoggedEvent Place(long at) => new(at, default, 0, null);

    public static LoggedEvent Dot(ReplicaId origin, ulong last) => new(0, origin, last, null);
}
