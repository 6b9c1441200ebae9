using Crdt.Clocks;

namespace Crdt.Codec;

/// <summary>Walks over encoded dots, with or without payloads, and checks that they are in canonical order.</summary>
/// <param name="reader">The dots, to the end.</param>
/// <param name="table">The replicas that the dots refer to, 16 bytes each.</param>
/// <param name="hasPayload">Whether a payload follows every dot.</param>
internal ref struct DotReader(WireReader reader, ReadOnlySpan<byte> table, bool hasPayload)
{
    private readonly ReadOnlySpan<byte> _table = table;
    private WireReader _reader = reader;
    private bool _started = false;

    /// <summary>The dot at hand.</summary>
    public Dot Current { get; private set; }

    /// <summary>Its replica's number in the table.</summary>
    public int Index { get; private set; }

    /// <summary>Its payload.</summary>
    public ReadOnlySpan<byte> Payload { get; private set; }

    /// <summary>A reader of the payload whose errors tell the right offset.</summary>
    public readonly WireReader PayloadReader() => new(Payload, _reader.Offset - Payload.Length);

    /// <summary>How many dots are left. O(bytes).</summary>
    public readonly int Count()
    {
        var count = 0;
        var rest = this;
        while (rest.MoveNext()) count++;
        return count;
    }

    /// <summary>Goes to the next dot; false at the end.</summary>
    public bool MoveNext()
    {
        if (_reader.Remaining == 0) return false;
        var index = _reader.ReadVarint();
        if (index >= (ulong)(_table.Length / ReplicaId.Size)) throw _reader.Malformed($"there is no replica number {index}");
        var counter = _reader.ReadVarint();
        if (counter == 0) throw _reader.Malformed("dots count from 1");
        if (_started && ((int)index < Index || ((int)index == Index && counter <= Current.Counter))) throw _reader.Malformed("dots must ascend");
        _started = true;
        Index = (int)index;
        Current = new(ReplicaId.Read(_table.Slice(Index * ReplicaId.Size, ReplicaId.Size)), counter);
        if (hasPayload) Payload = _reader.ReadBlock();
        return true;
    }
}
