using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>
/// What all rows of one type have: identities, contexts, liveness.
/// <code>
/// rowhead := bytes(keys) | bytes(sources) bytes(targets) bytes(discriminators)
///            numbers(ranges of a row) dots(firsts) numbers(lengths - 1) numbers(dots of a row's liveness) dots
/// </code>
/// </summary>
internal sealed class RowHead : IDisposable
{
    private readonly BytesColumn _sources = new();
    private readonly BytesColumn _targets = new();
    private readonly BytesColumn _keys = new();
    private readonly NumberColumn _ranges = new();
    private readonly DotColumns _firsts = new();
    private readonly NumberColumn _lengths = new();
    private readonly NumberColumn _creations = new();
    private readonly DotColumns _dots = new();
    private readonly Dictionary<(uint Number, byte Kind), FieldColumns> _fields = [];

    public RowHead(int number, ReadOnlySpan<byte> bytes)
    {
        (Number, Bytes) = (number, bytes.ToArray());
        Shapes = new(this, null, null, 0, default);
    }

    /// <summary>Its place among the heads of the batch.</summary>
    public int Number { get; }

    /// <summary>The head of the identities, as <see cref="IdentityForm"/> has it.</summary>
    public byte[] Bytes { get; }

    /// <summary>The shape of a row without fields, from which the others branch off.</summary>
    public RowShape Shapes { get; }

    /// <summary>The columns of a field.</summary>
    public FieldColumns Field(uint number, byte kind)
    {
        if (!_fields.TryGetValue((number, kind), out var field)) _fields.Add((number, kind), field = new((Schema.FieldKind)kind));
        return field;
    }

    public void AddIdentity(ReadOnlySpan<byte> source, ReadOnlySpan<byte> target, ReadOnlySpan<byte> key)
    {
        if (Bytes.Length == IdentityForm.RelationshipHead)
        {
            _sources.Add(source);
            _targets.Add(target);
        }

        _keys.Add(key);
    }

    public void AddLiveness(BatchReferences references, in StateReader state)
    {
        var count = 0ul;
        for (var ranges = state.Ranges(); ranges.MoveNext(); count++)
        {
            _firsts.Add(references, ranges.Index, ranges.Current.First);
            _lengths.Add(ranges.Current.Last - ranges.Current.First);
        }

        _ranges.Add(count);
        count = 0;
        for (var dots = new DotReader(state.Liveness(), state.Table, hasPayload: false); dots.MoveNext(); count++) _dots.Add(references, dots.Index, dots.Current.Counter);
        _creations.Add(count);
    }

    public void Write(ref WireWriter writer)
    {
        if (Bytes.Length == IdentityForm.RelationshipHead)
        {
            _sources.Write(ref writer);
            _targets.Write(ref writer);
        }

        _keys.Write(ref writer);
        _ranges.Write(ref writer);
        _firsts.Write(ref writer);
        _lengths.Write(ref writer);
        _creations.Write(ref writer);
        _dots.Write(ref writer);
    }

    public void Dispose()
    {
        _sources.Dispose();
        _targets.Dispose();
        _keys.Dispose();
        _ranges.Dispose();
        _firsts.Dispose();
        _lengths.Dispose();
        _creations.Dispose();
        _dots.Dispose();
        foreach (var field in _fields.Values) field.Dispose();
    }
}
