using Crdt.Clocks;
using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>Reads what <see cref="EventColumns"/> wrote, an event at a time.</summary>
internal sealed class EventColumnsReader : IDisposable
{
    private const byte Format = 1;

    private readonly RowColumnsReader _rows;
    private readonly List<(int Lane, int LaneLength, EventSource Source)> _sources = [];
    private readonly NumberColumnReader _sourceOfEvent;
    private readonly NumberColumnReader _firsts;
    private readonly NumberColumnReader _counts;
    private readonly StampColumnsReader _stamps;
    private readonly NumberColumnReader _fresh;
    private readonly NumberColumnReader _entries;
    private readonly NumberColumnReader _places;
    private readonly NumberColumnReader _numbers;
    private readonly NumberColumnReader _changes;

    /// <summary>Reads everything before the events.</summary>
    /// <exception cref="WireFormatException">It is malformed.</exception>
    public EventColumnsReader(ref WireReader reader)
    {
        Events = reader.ReadVarint() is <= WireLimits.Items and var events ? (int)events : throw reader.Malformed($"a batch exceeds {WireLimits.Items} events");
        _rows = new(ref reader);
        for (var left = reader.ReadCount(2); left > 0; left--)
        {
            var (start, end) = reader.PassBlock();
            var origin = reader.ReadVarint();
            if (origin >= (ulong)_rows.Replicas) throw reader.Malformed($"there is no number {origin} among {_rows.Replicas}");
            _sources.Add((start, end - start, new(_sources.Count, (int)origin)));
        }

        (_sourceOfEvent, _firsts, _counts, _stamps) = (new(ref reader), new(ref reader), new(ref reader), new(ref reader));
        (_fresh, _entries, _places, _numbers, _changes) = (new(ref reader), new(ref reader), new(ref reader), new(ref reader), new(ref reader));
    }

    /// <summary>How many events there are.</summary>
    public int Events { get; }

    /// <summary>Where in the batch the next event begins, for messages.</summary>
    public int Position => _sourceOfEvent.Position;

    /// <summary>Appends the next event; false where it keeps its form and stands elsewhere.</summary>
    public bool TryCopy(ReadOnlySpan<byte> batch, ref WireWriter row, ref WireWriter output)
    {
        var place = _sourceOfEvent.NextSize(batch, _sources.Count) - 1;
        if (place < 0) return false;
        var (lane, length, source) = _sources[place];
        var first = source.Next + (ulong)Base128.UnZigZag(_firsts.Next(batch));
        var count = _counts.Next(batch);
        var references = _rows.References;
        references.Next();
        references.Dots.Anchor(source.Origin, references.Row, first);
        output.WriteByte(Format);
        output.WriteBlock(batch.Slice(lane, length));
        output.WriteBytes(_rows.Replica(batch, source.Origin));
        output.WriteVarint(first);
        output.WriteVarint(count);
        output.WriteUInt64(_stamps.Next(batch, references));
        source.Expect(first, count);
        CopyVector(batch, source, ref output);
        CopyChanges(batch, ref row, ref output);
        return true;
    }

    /// <summary>Demands that nothing is left.</summary>
    public void End()
    {
        _rows.End();
        _stamps.End();
        foreach (var column in (NumberColumnReader[])[_sourceOfEvent, _firsts, _counts, _fresh, _entries, _places, _numbers, _changes]) column.End();
    }

    public void Dispose() => _rows.Dispose();

    private void CopyVector(ReadOnlySpan<byte> batch, EventSource source, ref WireWriter output)
    {
        if (_fresh.NextSize(batch, 1) == 1) source.Vector.Clear();
        for (var left = _entries.NextSize(batch, _rows.Replicas); left > 0; left--)
        {
            var place = _places.NextPlace(batch, _rows.Replicas);
            source.Vector[place] = source.Vector.GetValueOrDefault(place) + (ulong)Base128.UnZigZag(_numbers.Next(batch));
        }

        output.WriteVarint((ulong)source.Vector.Count);
        foreach (var place in InOrder(batch, source))
        {
            output.WriteBytes(_rows.Replica(batch, place));
            output.WriteVarint(source.Vector[place]);
        }

        RowBatchCodec.RequireRoom(output, _entries.Position);
    }

    private int[] InOrder(ReadOnlySpan<byte> batch, EventSource source)
    {
        var places = source.Vector.Keys.ToArray();
        if (places.Length < 2) return places;
        var replicas = new ReplicaId[places.Length];
        for (var i = 0; i < places.Length; i++) replicas[i] = ReplicaId.Read(_rows.Replica(batch, places[i]));
        Array.Sort(replicas, places);
        return places;
    }

    private void CopyChanges(ReadOnlySpan<byte> batch, ref WireWriter row, ref WireWriter output)
    {
        for (var left = _changes.NextSize(batch, _rows.Rows); left > 0; left--)
        {
            row.Clear();
            if (!_rows.TryCopyIdentity(batch, ref row, out var shape)) throw new WireFormatException("a change of an event has no form", _changes.Position);
            output.WriteBlock(row.Written);
            row.Clear();
            _rows.CopyState(batch, shape, ref row);
            output.WriteBlock(row.Written);
            RowBatchCodec.RequireRoom(output, _changes.Position);
        }
    }
}
