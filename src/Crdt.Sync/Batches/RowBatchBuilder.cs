using Crdt.Codec;
using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sync.Batches;

/// <summary>Gathers rows until a batch is full. For one thread at a time.</summary>
/// <param name="capacity">How many bytes of identities and states make a batch, at most <see cref="RowBatchCodec.MaxRows"/>. A single row may exceed it.</param>
public sealed class RowBatchBuilder(int capacity = RowBatchBuilder.DefaultCapacity)
{
    /// <summary>Enough rows to have much in common, and little to lose where a connection breaks.</summary>
    public const int DefaultCapacity = 256 * 1024;

    private readonly int _capacity = capacity is > 0 and <= RowBatchCodec.MaxRows
        ? capacity
        : throw new ArgumentOutOfRangeException(nameof(capacity), capacity, $"A batch has 1 to {RowBatchCodec.MaxRows} bytes.");

    private readonly List<StoredEntity> _rows = [];

    /// <summary>How many rows there are.</summary>
    public int Count => _rows.Count;

    /// <summary>How many bytes their identities and states have, with what says how long they are.</summary>
    public int Size { get; private set; }

    /// <summary>Adds a row unless the batch is full; then it is to be built first. O(1).</summary>
    /// <param name="id">Which entity. Identities have to ascend.</param>
    /// <param name="state">Its state, which must not change before the batch is built.</param>
    /// <returns>Whether it was added.</returns>
    /// <exception cref="ArgumentException">It doesn't ascend, or exceeds <see cref="RowBatchCodec.MaxRows"/> by itself.</exception>
    public bool TryAdd(EntityId id, ReadOnlyMemory<byte> state)
    {
        var size = Base128.SizeOf((ulong)id.Bytes.Length) + id.Bytes.Length + Base128.SizeOf((ulong)state.Length) + state.Length;
        if (size >= RowBatchCodec.MaxRows) throw new ArgumentException($"A row of {size} bytes doesn't fit into a batch of {RowBatchCodec.MaxRows}.", nameof(state));
        if (_rows.Count > 0 && _rows[^1].Id.CompareTo(id) >= 0) throw new ArgumentException($"The row of {id} doesn't ascend.", nameof(id));
        if (_rows.Count > 0 && (Size + size > _capacity || _rows.Count == WireLimits.Items)) return false;
        _rows.Add(new(id, state));
        Size += size;
        return true;
    }

    /// <summary>Encodes what was added, and begins the next batch. O(bytes).</summary>
    public byte[] Build()
    {
        var batch = RowBatchCodec.Encode(_rows);
        _rows.Clear();
        Size = 0;
        return batch;
    }
}
