using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Schema;
using Crdt.Types.Counters;
using Crdt.Types.Registers;
using Crdt.Types;

namespace Crdt.Projection;

/// <summary>
/// Reads the visible values of an entity out of its state, field after field in the order of the type: what a row of the
/// graph database shows. Fields without writes come too, without a value; fields that the type doesn't know don't.
/// </summary>
public ref struct ColumnReader
{
    private readonly EntityType _type;
    private StateReader _state;
    private bool _hasField;
    private int _next;
    private KeyedDotsReader _elements;

    /// <summary>Begins before the first field.</summary>
    /// <param name="type">The entity's type.</param>
    /// <param name="state">Its state as canonical bytes.</param>
    /// <exception cref="WireFormatException">The state is malformed.</exception>
    public ColumnReader(EntityType type, ReadOnlySpan<byte> state)
    {
        _type = type;
        _state = new(state);
        _hasField = _state.MoveNext();
    }

    /// <summary>The field at hand.</summary>
    public readonly FieldSchema Field => _type.Fields[_next - 1];

    /// <summary>Whether a register holds a value. Counters and sets always have one.</summary>
    public bool HasValue { get; private set; }

    /// <summary>The value of a register that has one.</summary>
    public WireReader Value { get; private set; }

    /// <summary>The value of a counter.</summary>
    public long Count { get; private set; }

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool MoveNext()
    {
        if (_next == _type.Fields.Count) return false;
        var field = _type.Fields[_next++];
        while (_hasField && _state.FieldId < field.Id) _hasField = _state.MoveNext();
        var isWritten = _hasField && _state.FieldId == field.Id && _state.Kind == field.Kind;
        HasValue = field.Kind != FieldKind.Register;
        Count = 0;
        _elements = default;
        if (!isWritten) return true;
        if (field.Kind == FieldKind.Register) ReadRegister(field);
        else if (field.Kind == FieldKind.Counter) ReadCounter();
        else _elements = new(_state.Store());
        return true;
    }

    /// <summary>Goes to the next element of a set, in the order of canonical bytes; false at the end.</summary>
    public bool NextElement(out WireReader element)
    {
        var hasNext = _elements.MoveNext();
        element = hasNext ? _elements.KeyReader() : default;
        return hasNext;
    }

    private void ReadRegister(FieldSchema field)
    {
        var winner = default(WireReader);
        var (latest, count, isAbsent) = (default(Stamp), 0, true);
        var dots = new DotReader(_state.Store(), _state.Table, hasPayload: true);
        for (; dots.MoveNext(); count++)
        {
            var payload = dots.PayloadReader();
            var stamp = new Stamp(payload.ReadUInt64());
            if (count > 0 && stamp.CompareTo(latest) < 0) continue;
            isAbsent = (payload.ReadByte() & RegisterFlags.Absent) != 0;
            winner = payload;
            latest = stamp;
        }

        HasValue = !isAbsent;
        Value = winner;
        if (count > 1 && field.Rule is { } rule) Resolve(rule);
    }

    private void Resolve(ResolutionRule rule)
    {
        var value = new WireWriter(64);
        HasValue = rule.Resolve(_state.Store(), _state.Table, ref value);
        Value = new(value.Finish());
    }

    private void ReadCounter()
    {
        Int128 sum = 0;
        var dots = new DotReader(_state.Store(), _state.Table, hasPayload: true);
        while (dots.MoveNext())
        {
            var payload = dots.PayloadReader();
            sum += new Tally(payload.ReadVarint(), payload.ReadVarint()).Net;
        }

        Count = Counter.Clamp(sum);
    }
}
