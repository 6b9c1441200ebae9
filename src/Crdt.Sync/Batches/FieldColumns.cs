using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Sync.Batches;

/// <summary>
/// One field of all rows of a type.
/// <code>
/// field := numbers(writes of a row) dots payloads                                      where the kind's grammar is DotFun
///        | numbers(keys of a row) bytes(keys) numbers(writes of a key) dots payloads   where it is not
/// </code>
/// </summary>
internal sealed class FieldColumns(FieldKind kind) : IDisposable
{
    private readonly bool _isKeyed = EncodedEntity.GrammarOf(kind) != FieldGrammar.DotFun;
    private readonly bool _hasPayload = EncodedEntity.HasPayload(kind);
    private readonly NumberColumn _keys = new();
    private readonly BytesColumn _keyBytes = new();
    private readonly NumberColumn _writes = new();
    private readonly DotColumns _dots = new();
    private readonly PayloadColumns _payloads = new(PayloadForms.Of(kind));

    public void Add(BatchReferences references, in StateReader field)
    {
        if (!_isKeyed)
        {
            AddWrites(references, new(field.Store(), field.Table, hasPayload: true));
            return;
        }

        var keys = new KeyedDotsReader(field.Store());
        var count = 0ul;
        for (; keys.MoveNext(); count++)
        {
            _keyBytes.Add(keys.Key);
            AddWrites(references, new(keys.DotsReader(), field.Table, _hasPayload));
        }

        _keys.Add(count);
    }

    public void Write(ref WireWriter writer)
    {
        if (_isKeyed)
        {
            _keys.Write(ref writer);
            _keyBytes.Write(ref writer);
        }

        _writes.Write(ref writer);
        _dots.Write(ref writer);
        _payloads.Write(ref writer);
    }

    public void Dispose()
    {
        _keys.Dispose();
        _keyBytes.Dispose();
        _writes.Dispose();
        _dots.Dispose();
        _payloads.Dispose();
    }

    private void AddWrites(BatchReferences references, DotReader dots)
    {
        var count = 0ul;
        for (; dots.MoveNext(); count++)
        {
            _dots.Add(references, dots.Index, dots.Current.Counter);
            if (_hasPayload) _payloads.Add(references, dots.PayloadReader());
        }

        _writes.Add(count);
    }
}
