using Crdt.Clocks;
using Crdt.Storage;

namespace Crdt.Browser.Storage;

/// <content>The logs of its lanes.</content>
internal sealed partial class StoreSession
{
    /// <summary>How many bytes of a log are read at a time. Events have up to 4 MiB, and memory that was taken once isn't given back.</summary>
    private const int LeastRead = 16 * 1024, MostRead = 1024 * 1024;

    public async Task<LogSlice> ReadLogAsync(string lane, VersionVector after, long position, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        if (!_lanes.TryGetValue(lane, out var stored)) return new([], position, IsLast: true);
        if (await FirstUncoveredAsync(stored, after).ConfigureAwait(false) is not { } first) return new([], stored.LastEvent, IsLast: true);
        var (events, size, last) = (new List<StoredEvent>(), 0L, Math.Max(first, position + 1) - 1);
        for (var range = EventKeys.From(stored.Number, last + 1); await _database.ReadBytesAsync(RecordStore.Event, range, Math.Clamp(maxBytes, LeastRead, MostRead)).ConfigureAwait(false) is { Count: > 0 } page; range = range.After(page[^1].Key.ToArray()))
        {
            foreach (var (key, record) in page)
            {
                var next = EventRecord.Read(lane, record);
                if (next.Last > Covered(after, next.Origin))
                {
                    size += next.Bytes.Length;
                    if (events.Count > 0 && size > maxBytes) return new(events, last, IsLast: false);
                    events.Add(next);
                }

                last = EventKeys.PlaceOf(key.Span);
            }
        }

        return new(events, last, IsLast: true);
    }

    public async Task<long> CountEventsAsync(string lane) =>
        _lanes.TryGetValue(lane, out var stored) ? (await _database.CountAsync(RecordStore.Event, isIndexed: false, [EventKeys.From(stored.Number, 0)]).ConfigureAwait(false))[0] : 0;

    public async Task<VersionVector> CutLogAsync(string lane, long keep)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(keep);
        RequireNoBatch();
        if (!_lanes.TryGetValue(lane, out var stored)) return new();
        var floor = stored.Floor?.Clone() ?? new();
        var (left, last) = (await CountEventsAsync(lane).ConfigureAwait(false) - keep, 0L);
        if (left <= 0) return floor;
        for (var range = EventKeys.From(stored.Number, 0); left > 0; range = range.After(EventKeys.Place(stored.Number, last)))
        {
            foreach (var (key, record) in await _database.ReadBytesAsync(RecordStore.Event, range, MostRead).ConfigureAwait(false))
            {
                if (left-- <= 0) break;
                var taken = EventRecord.Read(lane, record);
                floor.Advance(taken.Origin, taken.Last);
                last = EventKeys.PlaceOf(key.Span);
            }
        }

        var cut = stored with { Floor = floor };
        await WriteAsync(changes =>
        {
            changes.Delete(RecordStore.Event, new KeyRange(EventKeys.Place(stored.Number, 0), EventKeys.Place(stored.Number, last)));
            changes.Put(RecordStore.Meta, Meta.Lane(lane), cut.ToBytes());
        }).ConfigureAwait(false);
        _lanes[lane] = cut;
        return floor.Clone();
    }

    // The least place over all origins of the first event that the reader lacks: one step through an index for each origin of which he lacks something.
    private async Task<long?> FirstUncoveredAsync(StoreLane lane, VersionVector after)
    {
        KeyRange[] lacking = [.. lane.Vector.Entries.Where(entry => entry.Counter > after[entry.Replica]).Select(entry => EventKeys.From(lane.Number, entry.Replica, after[entry.Replica] + 1))];
        long? first = null;
        foreach (var found in await _database.ReadAsync(RecordStore.Event, isIndexed: true, lacking, 1, withRecords: false).ConfigureAwait(false))
        {
            if (found is [var (key, _)] && !(EventKeys.PlaceOf(key.Span) >= first)) first = EventKeys.PlaceOf(key.Span);
        }

        return first;
    }

    private static ulong Covered(VersionVector after, ReplicaId origin) => Math.Min(after[origin], long.MaxValue);
}
