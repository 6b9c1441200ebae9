using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Kernel;
using Crdt.Schema;
using Crdt.Types.Counters;
using Crdt.Types.Lists;
using Crdt.Types.Registers;

namespace Crdt.Projection;

/// <summary>
/// Reads the visible values of an entity out of its state, field after field in the order of the type: what a row of the
/// graph database shows. Fields without writes come too, without a value; fields that the type doesn't know don't.
/// </summary>
public ref struct ColumnReader
{
    private static readonly byte[] Off = [0], On = [1];

    private readonly EntityType _type;
    private StateReader _state;
    private bool _hasField;
    private int _next;
    private KeyedDotsReader _keys;
    private IEnumerator<byte[]>? _items;

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

    /// <summary>Whether a register, or the entry of a map at hand, holds a value. A flag always does.</summary>
    public bool HasValue { get; private set; }

    /// <summary>The value of a flag, or of a register or an entry that has one.</summary>
    public WireReader Value { get; private set; }

    /// <summary>The value of a counter, or of the entry of a counter map at hand.</summary>
    public long Count { get; private set; }

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool MoveNext()
    {
        if (_next == _type.Fields.Count) return false;
        var field = _type.Fields[_next++];
        while (_hasField && _state.FieldId < field.Id) _hasField = _state.MoveNext();
        (HasValue, Count, _items) = (false, field.Min, null);
        Value = default;
        _keys = default;
        var isWritten = _hasField && _state.FieldId == field.Id && _state.Kind == field.Kind;
        if (field.Kind is FieldKind.EnableWins or FieldKind.DisableWins) SetFlag(isWritten == (field.Kind == FieldKind.EnableWins));
        else if (isWritten) Read(field);
        return true;
    }

    /// <summary>
    /// Goes to the next element of a set or of a multi-value register, in the order of canonical bytes, or to the next item of a
    /// list; false at the end.
    /// </summary>
    public bool NextElement(out WireReader element)
    {
        var hasNext = _items?.MoveNext() ?? _keys.MoveNext();
        element = !hasNext ? default : _items is null ? _keys.KeyReader() : new(_items.Current);
        return hasNext;
    }

    /// <summary>
    /// Goes to the next entry of a map or a counter map, in the order of its keys' canonical bytes; false at the end. One whose writes
    /// can't be read has no value.
    /// </summary>
    /// <exception cref="WireFormatException">The keys can't be told apart.</exception>
    public bool NextEntry(out WireReader key)
    {
        var hasNext = _keys.MoveNext();
        key = hasNext ? _keys.KeyReader() : default;
        (HasValue, Count) = (false, 0);
        if (hasNext) ReadEntry(_keys.DotsReader());
        return hasNext;
    }

    private void ReadEntry(WireReader writes)
    {
        try
        {
            if (Field.Kind == FieldKind.Map) ReadRegister(Field, writes);
            else ReadCounter(writes, hasDecrements: true);
        }
        catch (WireFormatException)
        {
            HasValue = false;
        }
    }

    private void Read(FieldSchema field)
    {
        switch (field.Kind)
        {
            case FieldKind.Register or FieldKind.Max or FieldKind.Min: ReadRegister(field, _state.Store()); break;
            case FieldKind.Counter: ReadCounter(_state.Store(), hasDecrements: true); break;
            case FieldKind.GrowOnlyCounter: ReadCounter(_state.Store(), hasDecrements: false); break;
            case FieldKind.BoundedCounter: (Count, HasValue) = (BoundedCounter.ValueOf(field, EscrowRights.Read(field, _state.Store(), _state.Table)), true); break;
            case FieldKind.Set or FieldKind.Map or FieldKind.CounterMap: _keys = new(_state.Store()); break;
            case FieldKind.MultiValue: _items = Untyped(new MultiValueRegister<byte[], BytesCodec>(field)); break;
            case FieldKind.List: _items = Untyped(new OrderedList<byte[], BytesCodec>(field)); break;
        }
    }

    // What a value is doesn't matter to where it stands, so bytes will do.
    private readonly IEnumerator<byte[]> Untyped<TField>(TField field)
        where TField : Types.Field, IEnumerable<byte[]>
    {
        field.Read(_state.Store(), _state.Table);
        return field.GetEnumerator();
    }

    private void SetFlag(bool value)
    {
        HasValue = true;
        Value = new(value ? On : Off);
    }

    private void ReadRegister(FieldSchema field, WireReader writes)
    {
        var winner = default(WireReader);
        var (latest, count, isAbsent) = (default(Stamp), 0, true);
        var dots = new DotReader(writes, _state.Table, hasPayload: true);
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
        if (count > 1 && (field.Rule ?? ExtremeRules.Of(field)) is { } rule) Resolve(rule, writes);
    }

    private void Resolve(ResolutionRule rule, WireReader writes)
    {
        var value = new WireWriter(64);
        HasValue = rule.Resolve(writes, _state.Table, ref value);
        Value = new(value.Finish());
    }

    private void ReadCounter(WireReader writes, bool hasDecrements)
    {
        Int128 sum = 0;
        var dots = new DotReader(writes, _state.Table, hasPayload: true);
        while (dots.MoveNext())
        {
            var payload = dots.PayloadReader();
            sum += new Tally(payload.ReadVarint(), hasDecrements ? payload.ReadVarint() : 0).Net;
        }

        Count = TallyFolding.Clamp(sum);
        HasValue = true;
    }
}
