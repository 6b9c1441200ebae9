using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>Reads what <see cref="NumberColumn"/> wrote, a number at a time.</summary>
internal sealed class NumberColumnReader
{
    private readonly NumberForm _form;
    private readonly int _end;
    private int _position;
    private ulong _last;

    public NumberColumnReader(ref WireReader reader)
    {
        _form = (NumberForm)reader.ReadByte();
        switch (_form)
        {
            case NumberForm.Empty: break;
            case NumberForm.Constant: _last = reader.ReadVarint(); break;
            case NumberForm.Plain or NumberForm.Delta: (_position, _end) = reader.PassBlock(); return;
            default: throw reader.Malformed($"there is no form {(byte)_form} of a column of numbers");
        }

        _position = _end = reader.Offset;
    }

    /// <summary>Where in the batch the next number is, for messages.</summary>
    public int Position => _position;

    public ulong Next(ReadOnlySpan<byte> batch)
    {
        if (_form == NumberForm.Constant) return _last;
        if (_position >= _end) throw new WireFormatException("a column has fewer numbers than its rows", _position);
        ulong number = batch[_position];
        if (number < 0x80) _position++;
        else if (!Base128.TryRead(batch[.._end], ref _position, out number)) throw new WireFormatException("a column holds what is no number", _position);
        if (_form == NumberForm.Plain) return number;
        return _last += (ulong)Base128.UnZigZag(number);
    }

    /// <summary>A number that counts or measures what is within the batch, so that it is at most <paramref name="limit"/>.</summary>
    public int NextSize(ReadOnlySpan<byte> batch, int limit)
    {
        var number = Next(batch);
        return number <= (ulong)limit ? (int)number : throw new WireFormatException($"{number} exceeds the limit of {limit}", _position);
    }

    /// <summary>A number that is a place in a list of so many.</summary>
    public int NextPlace(ReadOnlySpan<byte> batch, int count)
    {
        var number = Next(batch);
        return number < (ulong)count ? (int)number : throw new WireFormatException($"there is no number {number} among {count}", _position);
    }

    /// <summary>Demands that all of it was read.</summary>
    public void End()
    {
        if (_position != _end) throw new WireFormatException("a column has more numbers than its rows", _position);
    }
}
