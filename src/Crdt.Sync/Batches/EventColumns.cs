using Crdt.Clocks;
using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>
/// Events taken apart into columns, their changes as <see cref="RowColumns"/> has them.
/// <code>
/// events := columns count { block(lane) place }*                                   the sources: a lane and an origin's place
///           numbers(source of an event, 0 where it stands elsewhere)
///           numbers(zigzag: first - expected) numbers(count) numbers numbers       dots; stamps
///           numbers(1 where the vector isn't made from the last) numbers(entries that are not as expected)
///           numbers(their places) numbers(zigzag: number - expected) numbers(changes)
/// </code>
/// </summary>
internal sealed class EventColumns : IColumns<ReadOnlyMemory<byte>>
{
    private const byte Format = 1;

    private readonly RowColumns _rows = new();
    private readonly Dictionary<byte[], EventSource>.AlternateLookup<ReadOnlySpan<byte>> _sourcesByBytes =
        new Dictionary<byte[], EventSource>(SpanComparer.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();
    private readonly List<(byte[] Lane, EventSource Source)> _sources = [];
    private readonly NumberColumn _sourceOfEvent = new();
    private readonly NumberColumn _firsts = new();
    private readonly NumberColumn _counts = new();
    private readonly StampColumns _stamps = new();
    private readonly NumberColumn _fresh = new();
    private readonly NumberColumn _entries = new();
    private readonly NumberColumn _places = new();
    private readonly NumberColumn _numbers = new();
    private readonly NumberColumn _changes = new();
    private readonly Dictionary<int, ulong> _vector = [];
    private int _events;

    /// <summary>How many changes the events have.</summary>
    public int Rows => _rows.Rows;

    /// <inheritdoc/>
    public void AddRaw()
    {
        _events++;
        _sourceOfEvent.Add(0);
    }

    /// <inheritdoc/>
    public void Add(ReadOnlyMemory<byte> item)
    {
        var reader = new WireReader(item.Span);
        if (reader.ReadByte() != Format) throw reader.Malformed("this is another format of events");
        var source = SourceOf(ref reader);
        var (first, count) = (reader.ReadVarint(), reader.ReadVarint());
        _sourceOfEvent.Add((ulong)source.Place + 1);
        _firsts.Add(Base128.ZigZag((long)(first - source.Next)));
        _counts.Add(count);
        var references = _rows.References;
        references.Next();
        references.Dots.Anchor(source.Origin, references.Row, first);
        _stamps.Add(references, reader.ReadUInt64());
        source.Expect(first, count);
        AddVector(ref reader, source);
        AddChanges(ref reader);
        _events++;
    }

    public void Write(ref WireWriter writer)
    {
        writer.WriteVarint((ulong)_events);
        _rows.Write(ref writer);
        writer.WriteVarint((ulong)_sources.Count);
        foreach (var (lane, source) in _sources)
        {
            writer.WriteBlock(lane);
            writer.WriteVarint((ulong)source.Origin);
        }

        _sourceOfEvent.Write(ref writer);
        _firsts.Write(ref writer);
        _counts.Write(ref writer);
        _stamps.Write(ref writer);
        foreach (var column in (NumberColumn[])[_fresh, _entries, _places, _numbers, _changes]) column.Write(ref writer);
    }

    public void Dispose()
    {
        _rows.Dispose();
        _stamps.Dispose();
        foreach (var column in (NumberColumn[])[_sourceOfEvent, _firsts, _counts, _fresh, _entries, _places, _numbers, _changes]) column.Dispose();
    }

    private EventSource SourceOf(ref WireReader reader)
    {
        var start = reader.Rest;
        var lane = reader.ReadBlock();
        var origin = reader.ReadReplica();
        var key = start[..(start.Length - reader.Remaining)];
        if (!_sourcesByBytes.TryGetValue(key, out var source))
        {
            source = new(_sources.Count, _rows.Tables.PlaceOf(origin));
            _sourcesByBytes[key] = source;
            _sources.Add((lane.ToArray(), source));
        }

        return source;
    }

    private void AddVector(ref WireReader reader, EventSource source)
    {
        ReadVector(ref reader);
        var isFresh = source.Vector.Keys.Any(place => !_vector.ContainsKey(place));
        if (isFresh) source.Vector.Clear();
        var entries = 0ul;
        foreach (var (place, number) in _vector)
        {
            var isExpected = source.Vector.TryGetValue(place, out var expected);
            if (isExpected && expected == number) continue;
            entries++;
            _places.Add((ulong)place);
            _numbers.Add(Base128.ZigZag((long)(number - expected)));
            source.Vector[place] = number;
        }

        _fresh.Add(isFresh ? 1ul : 0);
        _entries.Add(entries);
    }

    private void ReadVector(ref WireReader reader)
    {
        _vector.Clear();
        ReplicaId? last = null;
        for (var left = reader.ReadCount(ReplicaId.Size + 1); left > 0; left--)
        {
            var replica = reader.ReadReplica();
            if (last is { } before && before.CompareTo(replica) >= 0) throw reader.Malformed("the replicas of a vector must ascend");
            last = replica;
            _vector.Add(_rows.Tables.PlaceOf(replica), reader.ReadVarint());
        }
    }

    private void AddChanges(ref WireReader reader)
    {
        var changes = 0ul;
        for (; reader.Remaining > 0; changes++)
        {
            var identity = reader.ReadBlock();
            _rows.Add(identity, reader.ReadBlock());
        }

        _changes.Add(changes);
    }
}
