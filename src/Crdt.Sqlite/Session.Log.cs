using Crdt.Clocks;
using Crdt.Storage;

namespace Crdt.Sqlite;

internal sealed partial class Session
{
    private readonly Statement _nextOrigin, _firstUncovered, _events, _removeFrom;

    public LogSlice ReadLog(string lane, VersionVector after, long position, int maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        if (!_lanes.TryGetValue(lane, out var stored)) return new([], position, IsLast: true);
        var start = stored.Start;
        if (FirstUncovered(stored.Id, after) is not { } first) return new([], stored.LastEvent - start, IsLast: true);
        return ReadEvents(lane, after, Math.Max(first, start + position + 1), start, maxBytes);
    }

    public long CountEvents(string lane)
    {
        if (!_lanes.TryGetValue(lane, out var stored)) return 0;
        using var count = _database.Prepare("SELECT count(*) FROM event WHERE at > ?1 AND at <= ?2");
        return count.Bind(1, stored.Start).Bind(2, stored.LastEvent).Single() ?? 0;
    }

    public VersionVector CutLog(string lane, long keep)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(keep);
        RequireNoBatch();
        if (!_lanes.TryGetValue(lane, out var stored)) return new();
        var floor = ReadFloor(stored);
        using var kept = _database.Prepare("SELECT at FROM event WHERE at > ?1 AND at <= ?2 ORDER BY at DESC LIMIT 1 OFFSET ?3");
        if (kept.Bind(1, stored.Start).Bind(2, stored.LastEvent).Bind(3, keep).Single() is not { } last) return floor;
        using var taken = _database.Prepare("SELECT origin, max(last) FROM event WHERE at > ?1 AND at <= ?2 GROUP BY origin");
        for (taken.Bind(1, stored.Start).Bind(2, last); taken.Step();) floor.Advance(ReplicaId.Read(taken.Bytes(0)), (ulong)taken.Integer(1));
        Transact(() =>
        {
            using var cut = _database.Prepare("DELETE FROM event WHERE at > ?1 AND at <= ?2");
            cut.Bind(1, stored.Start).Bind(2, last).Run();
            _setFloor.Bind(1, stored.Id).Bind(2, BytesOf(floor)).Run();
        });
        return floor;
    }

    private VersionVector ReadFloor(StoreLane lane)
    {
        using var floors = _database.Prepare("SELECT floor FROM lane WHERE id = ?1 AND floor IS NOT NULL");
        return floors.Bind(1, lane.Id).Step() ? ReadVector(floors.Bytes(0)) : new();
    }

    private void RemoveReplaced(IReadOnlyList<EventSpan> replaced)
    {
        Span<byte> origin = stackalloc byte[ReplicaId.Size];
        foreach (var span in replaced)
        {
            span.Origin.Write(origin);
            _removeFrom.Bind(1, RequireLane(span.Lane, "events to replace").Id).Bind(2, origin).Bind(3, (long)span.First).Run();
        }
    }

    // The least number over all origins of the first event that the reader lacks: two steps through an index an origin.
    private long? FirstUncovered(long lane, VersionVector after)
    {
        long? first = null;
        var origin = new byte[ReplicaId.Size];
        // No id is below the empty bytes.
        for (byte[] previous = []; _nextOrigin.Bind(1, lane).Bind(2, previous).Step(); previous = origin)
        {
            _nextOrigin.Bytes(0).CopyTo(origin);
            _nextOrigin.Reset();
            if (_firstUncovered.Bind(1, lane).Bind(2, origin).Bind(3, Covered(after, ReplicaId.Read(origin))).Single() is { } at && !(at >= first)) first = at;
        }

        return first;
    }

    private LogSlice ReadEvents(string lane, VersionVector after, long from, long start, int maxBytes)
    {
        var (events, size, last) = (new List<StoredEvent>(), 0L, from - 1);
        _events.Bind(1, from).Bind(2, start + (1L << Layout.EventBits));
        while (_events.Step())
        {
            var origin = ReplicaId.Read(_events.Bytes(1));
            if (_events.Integer(3) > Covered(after, origin))
            {
                size += _events.Size(4);
                if (events.Count > 0 && size > maxBytes)
                {
                    _events.Reset();
                    return new(events, last - start, IsLast: false);
                }

                events.Add(new(lane, origin, (ulong)_events.Integer(2), (ulong)_events.Integer(3), _events.Bytes(4).ToArray()));
            }

            last = _events.Integer(0);
        }

        return new(events, last - start, IsLast: true);
    }

    private static long Covered(VersionVector after, ReplicaId origin) => (long)Math.Min(after[origin], long.MaxValue);
}
