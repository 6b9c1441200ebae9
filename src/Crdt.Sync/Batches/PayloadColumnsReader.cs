using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>Reads what <see cref="PayloadColumns"/> wrote, and puts payloads together again, each behind its length.</summary>
internal sealed class PayloadColumnsReader : IDisposable
{
    private readonly PayloadForm _form;
    private readonly StampColumnsReader? _stamps;
    private readonly StampColumnsReader? _changes;
    private readonly NumberColumnReader? _first;
    private readonly NumberColumnReader? _second;
    private readonly BytesColumnReader? _steps;
    private readonly BytesColumnReader? _values;

    public PayloadColumnsReader(PayloadForm form, ref WireReader reader)
    {
        _form = form;
        if (form is PayloadForm.Register or PayloadForm.Item) _stamps = new(ref reader);
        if (form is PayloadForm.Item) (_changes, _steps) = (new(ref reader), new(ref reader));
        if (form is PayloadForm.Register or PayloadForm.Counter or PayloadForm.Tally) _first = new(ref reader);
        if (form is PayloadForm.Counter) _second = new(ref reader);
        if (form is PayloadForm.Register or PayloadForm.Item or PayloadForm.Opaque) _values = new(ref reader);
    }

    public void CopyTo(ReadOnlySpan<byte> batch, BatchReferences references, ref WireWriter output)
    {
        switch (_form)
        {
            case PayloadForm.Register: CopyRegister(batch, references, ref output); break;
            case PayloadForm.Item: CopyItem(batch, references, ref output); break;
            case PayloadForm.Counter: CopyNumbers(ref output, _first!.Next(batch), _second!.Next(batch)); break;
            case PayloadForm.Tally: CopyNumber(ref output, _first!.Next(batch)); break;
            case PayloadForm.Opaque:
                output.WriteVarint((ulong)_values!.Next(batch, RowBatchCodec.MaxRows));
                _values.CopyTo(batch, ref output);
                break;
            default: break;
        }
    }

    public void End()
    {
        _stamps?.End();
        _changes?.End();
        _first?.End();
        _second?.End();
        _steps?.End();
        _values?.End();
    }

    public void Dispose()
    {
        _steps?.Dispose();
        _values?.Dispose();
    }

    private static void CopyNumbers(ref WireWriter output, ulong first, ulong second)
    {
        output.WriteByte((byte)(Base128.SizeOf(first) + Base128.SizeOf(second)));
        output.WriteVarint(first);
        output.WriteVarint(second);
    }

    private static void CopyNumber(ref WireWriter output, ulong number)
    {
        output.WriteByte((byte)Base128.SizeOf(number));
        output.WriteVarint(number);
    }

    private void CopyRegister(ReadOnlySpan<byte> batch, BatchReferences references, ref WireWriter output)
    {
        var stamp = _stamps!.Next(batch, references);
        var flags = _first!.NextSize(batch, byte.MaxValue);
        var value = _values!.Next(batch, RowBatchCodec.MaxRows);
        output.WriteVarint((ulong)(sizeof(ulong) + 1 + value));
        output.WriteUInt64(stamp);
        output.WriteByte((byte)flags);
        _values.CopyTo(batch, ref output);
    }

    private void CopyItem(ReadOnlySpan<byte> batch, BatchReferences references, ref WireWriter output)
    {
        var stamp = _stamps!.Next(batch, references);
        var steps = _steps!.Next(batch, RowBatchCodec.MaxRows);
        var changed = _changes!.Next(batch, references);
        var value = _values!.Next(batch, RowBatchCodec.MaxRows);
        output.WriteVarint((ulong)((2 * sizeof(ulong)) + Base128.SizeOf((ulong)steps) + steps + value));
        output.WriteUInt64(stamp);
        output.WriteVarint((ulong)steps);
        _steps.CopyTo(batch, ref output);
        output.WriteUInt64(changed);
        _values.CopyTo(batch, ref output);
    }
}
