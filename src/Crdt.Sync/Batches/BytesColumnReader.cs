using System.Buffers;
using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>Reads what <see cref="BytesColumn"/> wrote: first the length of a string, then its bytes.</summary>
internal sealed class BytesColumnReader : IDisposable
{
    private readonly BytesForm _form;
    private readonly NumberColumnReader? _lengths;
    private readonly NumberColumnReader? _prefixes;
    private readonly NumberColumnReader? _suffixes;
    private readonly int _end;
    private int _position;
    private byte[] _last = [];
    private int _lastLength;
    private int _prefix;
    private int _suffix;
    private int _middle;
    private ulong _number;

    public BytesColumnReader(ref WireReader reader)
    {
        _form = (BytesForm)reader.ReadByte();
        if (_form > BytesForm.Affixes) throw reader.Malformed($"there is no form {(byte)_form} of a column of bytes");
        if (_form == BytesForm.Affixes) (_prefixes, _suffixes) = (new(ref reader), new(ref reader));
        if (_form != BytesForm.Empty) _lengths = new(ref reader);
        (_position, _end) = _form is BytesForm.Plain or BytesForm.Affixes ? reader.PassBlock() : (reader.Offset, reader.Offset);
    }

    /// <summary>Goes to the next string and gives its length, which is at most <paramref name="limit"/>.</summary>
    public int Next(ReadOnlySpan<byte> batch, int limit)
    {
        if (_lengths is null) throw new WireFormatException("a column has fewer strings than its rows", _position);
        if (_form == BytesForm.Numbers)
        {
            _number = _lengths.Next(batch);
            return Base128.SizeOf(_number);
        }

        (_prefix, _suffix) = _prefixes is null ? (0, 0) : (_prefixes.NextSize(batch, _lastLength), _suffixes!.NextSize(batch, _lastLength));
        if (_prefix + _suffix > _lastLength) throw new WireFormatException("a string has more in common with the last than that has", _position);
        _middle = _lengths.NextSize(batch, _end - _position);
        var length = _prefix + _middle + _suffix;
        return length <= limit ? length : throw new WireFormatException($"a string of {length} bytes exceeds the limit of {limit}", _position);
    }

    /// <summary>Appends the string that <see cref="Next"/> went to. To be called once.</summary>
    public void CopyTo(ReadOnlySpan<byte> batch, ref WireWriter output)
    {
        if (_form == BytesForm.Numbers)
        {
            output.WriteVarint(_number);
            return;
        }

        var target = output.Take(_prefix + _middle + _suffix);
        batch.Slice(_position, _middle).CopyTo(target[_prefix..]);
        _position += _middle;
        if (_form == BytesForm.Plain) return;
        _last.AsSpan(0, _prefix).CopyTo(target);
        _last.AsSpan(_lastLength - _suffix, _suffix).CopyTo(target[(_prefix + _middle)..]);
        Remember(target);
    }

    /// <summary>Demands that all of it was read.</summary>
    public void End()
    {
        _prefixes?.End();
        _suffixes?.End();
        _lengths?.End();
        if (_position != _end) throw new WireFormatException("a column has more bytes than its rows", _position);
    }

    public void Dispose()
    {
        if (_last.Length > 0) ArrayPool<byte>.Shared.Return(_last);
        (_last, _lastLength) = ([], 0);
    }

    // What follows is made of it, and where it was written may move.
    private void Remember(ReadOnlySpan<byte> value)
    {
        if (_last.Length < value.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(64, value.Length));
            if (_last.Length > 0) ArrayPool<byte>.Shared.Return(_last);
            _last = larger;
        }

        value.CopyTo(_last);
        _lastLength = value.Length;
    }
}
