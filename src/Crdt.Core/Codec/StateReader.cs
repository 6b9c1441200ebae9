using Crdt.Clocks;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Codec;

/// <summary>Takes an encoded state apart: first the context, then liveness, then field after field.</summary>
internal ref struct StateReader
{
    private WireReader _fields;
    private WireReader _context;
    private WireReader _liveness;
    private ReadOnlySpan<byte> _store;
    private int _storeStart;
    private bool _started;

    /// <summary>Reads the head of a state and checks the form of its parts.</summary>
    /// <exception cref="WireFormatException">It has another form.</exception>
    public StateReader(ReadOnlySpan<byte> state, int origin = 0)
    {
        var reader = new WireReader(state, origin);
        ReplicaCount = reader.ReadCount(ReplicaId.Size);
        Table = reader.ReadBytes(ReplicaCount * ReplicaId.Size);
        for (var i = 1; i < ReplicaCount; i++)
        {
            if (Replica(i - 1).CompareTo(Replica(i)) >= 0) throw reader.Malformed("the replicas of a state must ascend");
        }

        _context = reader.ReadNested();
        _liveness = reader.ReadNested();
        _fields = reader;
    }

    /// <summary>The replicas that dots refer to, 16 bytes each.</summary>
    public ReadOnlySpan<byte> Table { get; }

    /// <summary>How many replicas there are.</summary>
    public int ReplicaCount { get; }

    /// <summary>The number of the field at hand.</summary>
    public uint FieldId { get; private set; }

    /// <summary>The kind of the field at hand.</summary>
    public FieldKind Kind { get; private set; }

    /// <summary>The replica of a number.</summary>
    public readonly ReplicaId Replica(int index) => ReplicaId.Read(Table.Slice(index * ReplicaId.Size, ReplicaId.Size));

    /// <summary>The ranges of the context.</summary>
    public readonly RangeReader Ranges() => new(_context, Table);

    /// <summary>The context, in memory for exactly as many ranges as it has.</summary>
    public readonly CausalContext ReadContext()
    {
        var ranges = Ranges();
        var context = new CausalContext(ranges.Count());
        while (ranges.MoveNext()) context.Add(ranges.Current);
        return context;
    }

    /// <summary>The dots of liveness.</summary>
    public readonly WireReader Liveness() => _liveness;

    /// <summary>The store of the field at hand.</summary>
    public readonly WireReader Store() => new(_store, _storeStart);

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool MoveNext()
    {
        if (_fields.Remaining == 0) return false;
        var id = _fields.ReadUInt32();
        if (_started && id <= FieldId) throw _fields.Malformed("the fields of a state must ascend");
        _started = true;
        FieldId = id;
        Kind = (FieldKind)_fields.ReadByte();
        if (EncodedEntity.GrammarOf(Kind) == 0)
            throw _fields.Malformed($"a field of kind {(byte)Kind} has a grammar that this version doesn't know");
        _store = _fields.ReadBlock();
        _storeStart = _fields.Offset - _store.Length;
        if (_store.IsEmpty) throw _fields.Malformed("a field is listed that has no writes");
        return true;
    }
}
