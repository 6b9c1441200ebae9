using System.Collections.Immutable;
using Crdt.Clocks;
using Crdt.Storage;

namespace Crdt.Sync.Storage;

/// <summary>A lane as it lies on an <see cref="InMemoryDisk"/>: its vector, its floor and its log. Immutable, and so are the vectors that it holds.</summary>
internal sealed record LaneLog(VersionVector Vector, VersionVector? Floor, long LastEvent, ImmutableSortedSet<LoggedEvent> Events, ImmutableSortedSet<LoggedEvent> ByOrigin)
{
    public LaneLog(VersionVector vector)
        : this(vector, null, 0, LoggedEvent.Nowhere, LoggedEvent.OfNobody)
    {
    }

    public LaneLog Append(StoredEvent stored)
    {
        var logged = new LoggedEvent(LastEvent + 1, stored.Origin, stored.Last, stored with { Bytes = stored.Bytes.ToArray() });
        return this with { LastEvent = logged.At, Events = Events.Add(logged), ByOrigin = ByOrigin.Add(logged) };
    }

    /// <summary>Takes the events of one origin off from a dot on.</summary>
    public LaneLog Without(ReplicaId origin, ulong first) => Without([.. ByOrigin.From(LoggedEvent.Dot(origin, first)).TakeWhile(logged => logged.Origin == origin)]);

    /// <summary>Takes the oldest events off until at most so many are left.</summary>
    public LaneLog Cut(long keep)
    {
        if (Events.Count <= keep) return this;
        var taken = Events.Take((int)(Events.Count - keep)).ToList();
        var floor = Floor?.Clone() ?? new();
        foreach (var logged in taken) floor.Advance(logged.Origin, logged.Last);
        return Without(taken) with { Floor = floor };
    }

    public LogSlice Read(VersionVector after, long position, int maxBytes)
    {
        if (FirstUncovered(after) is not { } first) return new([], LastEvent, IsLast: true);
        var from = Math.Max(first, position + 1);
        var (events, size, last) = (new List<StoredEvent>(), 0L, from - 1);
        foreach (var logged in Events.From(LoggedEvent.Place(from)))
        {
            if (logged.Last > after[logged.Origin])
            {
                size += logged.Event!.Bytes.Length;
                if (events.Count > 0 && size > maxBytes) return new(events, last, IsLast: false);
                events.Add(logged.Event);
            }

            last = logged.At;
        }

        return new(events, last, IsLast: true);
    }

    // The least place over all origins of the first event that the reader lacks.
    private long? FirstUncovered(VersionVector after)
    {
        long? first = null;
        for (var next = ByOrigin.FirstOrDefault(); next is not null; next = ByOrigin.From(LoggedEvent.Dot(next.Origin, ulong.MaxValue)).FirstOrDefault())
        {
            var covered = Math.Min(after[next.Origin], long.MaxValue);
            var lacking = ByOrigin.From(LoggedEvent.Dot(next.Origin, covered + 1)).FirstOrDefault();
            if (lacking?.Origin == next.Origin && !(lacking.At >= first)) first = lacking.At;
        }

        return first;
    }

    private LaneLog Without(List<LoggedEvent> taken) => this with { Events = Events.Except(taken), ByOrigin = ByOrigin.Except(taken) };
}
