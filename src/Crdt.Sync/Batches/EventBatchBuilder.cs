using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>Gathers events until a batch is full. For one thread at a time.</summary>
/// <param name="capacity">How many bytes of events make a batch, at most <see cref="RowBatchCodec.MaxRows"/>. A single event may exceed it.</param>
public sealed class EventBatchBuilder(int capacity = RowBatchBuilder.DefaultCapacity)
{
    private readonly int _capacity = capacity is > 0 and <= RowBatchCodec.MaxRows
        ? capacity
        : throw new ArgumentOutOfRangeException(nameof(capacity), capacity, $"A batch has 1 to {RowBatchCodec.MaxRows} bytes.");

    private readonly List<ReadOnlyMemory<byte>> _events = [];

    /// <summary>How many events there are.</summary>
    public int Count => _events.Count;

    /// <summary>How many bytes they have, with what says how long they are.</summary>
    public int Size { get; private set; }

    /// <summary>Adds an event unless the batch is full; then it is to be built first. O(1).</summary>
    /// <param name="encoded">The event, which must not change before the batch is built.</param>
    /// <returns>Whether it was added.</returns>
    /// <exception cref="ArgumentException">It exceeds <see cref="RowBatchCodec.MaxRows"/> by itself.</exception>
    public bool TryAdd(ReadOnlyMemory<byte> encoded)
    {
        var size = Base128.SizeOf((ulong)encoded.Length) + encoded.Length;
        if (size >= RowBatchCodec.MaxRows) throw new ArgumentException($"An event of {size} bytes doesn't fit into a batch of {RowBatchCodec.MaxRows}.", nameof(encoded));
        if (_events.Count > 0 && (Size + size > _capacity || _events.Count == WireLimits.Items)) return false;
        _events.Add(encoded);
        Size += size;
        return true;
    }

    /// <summary>Encodes what was added, and begins the next batch. O(bytes).</summary>
    public byte[] Build()
    {
        var batch = EventBatchCodec.Encode(_events);
        _events.Clear();
        Size = 0;
        return batch;
    }
}
