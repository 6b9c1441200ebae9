using Crdt.Clocks;
using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>
/// The tables of the rows of a batch: each once, and each replica once.
/// <code>
/// tables := count id[16]* count { count place* }*
/// </code>
/// </summary>
internal sealed class ReplicaTables
{
    private readonly Dictionary<ReplicaId, int> _places = [];
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _byBytes = new Dictionary<byte[], int>(SpanComparer.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();
    private readonly List<int[]> _tables = [];
    private byte[] _lastBytes = [];
    private int _last = -1;

    /// <summary>The places of a row's replicas in the batch.</summary>
    /// <param name="bytes">The row's table.</param>
    /// <param name="place">The table's own place.</param>
    public int[] Find(ReadOnlySpan<byte> bytes, out int place)
    {
        if (_last < 0 || !bytes.SequenceEqual(_lastBytes))
        {
            if (!_byBytes.TryGetValue(bytes, out _last)) Add(bytes);
            _lastBytes = bytes.ToArray();
        }

        place = _last;
        return _tables[place];
    }

    /// <summary>A replica's place in the batch.</summary>
    public int PlaceOf(ReplicaId replica)
    {
        if (!_places.TryGetValue(replica, out var place)) _places.Add(replica, place = _places.Count);
        return place;
    }

    public void Write(ref WireWriter writer)
    {
        writer.WriteVarint((ulong)_places.Count);
        foreach (var replica in _places.OrderBy(entry => entry.Value)) writer.WriteReplica(replica.Key);
        writer.WriteVarint((ulong)_tables.Count);
        foreach (var table in _tables)
        {
            writer.WriteVarint((ulong)table.Length);
            foreach (var place in table) writer.WriteVarint((ulong)place);
        }
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        var table = new int[bytes.Length / ReplicaId.Size];
        for (var i = 0; i < table.Length; i++) table[i] = PlaceOf(ReplicaId.Read(bytes.Slice(i * ReplicaId.Size, ReplicaId.Size)));

        _byBytes[bytes] = _last = _tables.Count;
        _tables.Add(table);
    }
}
