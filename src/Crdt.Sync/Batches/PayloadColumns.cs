using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>The payloads of a field's writes, taken apart into columns.</summary>
internal sealed class PayloadColumns(PayloadForm form) : IDisposable
{
    private readonly StampColumns _stamps = new();
    private readonly StampColumns _changes = new();
    private readonly NumberColumn _first = new();
    private readonly NumberColumn _second = new();
    private readonly BytesColumn _steps = new();
    private readonly BytesColumn _values = new();

    /// <exception cref="WireFormatException">The payload hasn't the form.</exception>
    public void Add(BatchReferences references, WireReader payload)
    {
        switch (form)
        {
            case PayloadForm.Register:
                _stamps.Add(references, payload.ReadUInt64());
                _first.Add(payload.ReadByte());
                _values.Add(payload.Rest);
                break;
            case PayloadForm.Counter:
                _first.Add(payload.ReadVarint());
                _second.Add(payload.ReadVarint());
                payload.End();
                break;
            case PayloadForm.Tally:
                _first.Add(payload.ReadVarint());
                payload.End();
                break;
            case PayloadForm.Item:
                _stamps.Add(references, payload.ReadUInt64());
                _steps.Add(payload.ReadBlock());
                _changes.Add(references, payload.ReadUInt64());
                _values.Add(payload.Rest);
                break;
            default:
                _values.Add(payload.Rest);
                break;
        }
    }

    public void Write(ref WireWriter writer)
    {
        if (form is PayloadForm.Register or PayloadForm.Item) _stamps.Write(ref writer);
        if (form is PayloadForm.Item)
        {
            _changes.Write(ref writer);
            _steps.Write(ref writer);
        }

        if (form is PayloadForm.Register or PayloadForm.Counter or PayloadForm.Tally) _first.Write(ref writer);
        if (form is PayloadForm.Counter) _second.Write(ref writer);
        if (form is PayloadForm.Register or PayloadForm.Item or PayloadForm.Opaque) _values.Write(ref writer);
    }

    public void Dispose()
    {
        _stamps.Dispose();
        _changes.Dispose();
        _first.Dispose();
        _second.Dispose();
        _steps.Dispose();
        _values.Dispose();
    }
}
