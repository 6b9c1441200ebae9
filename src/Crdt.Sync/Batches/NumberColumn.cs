using System.Buffers;
using Crdt.Codec;

namespace Crdt.Sync.Batches;

/// <summary>
/// Numbers that mean the same in one row after another.
/// <code>
/// numbers := 0 | 1 number | 2 block(number*) | 3 block(zigzag*)
/// </code>
/// </summary>
internal sealed class NumberColumn : IDisposable
{
    private ulong[] _numbers = [];
    private int _count;
    private bool _varies;

    public void Add(ulong number)
    {
        if (_count == _numbers.Length) Grow();
        _varies |= number != _numbers[0] && _count > 0;
        _numbers[_count++] = number;
    }

    public void Write(ref WireWriter writer)
    {
        if (_count == 0)
        {
            writer.WriteByte((byte)NumberForm.Empty);
        }
        else if (!_varies)
        {
            writer.WriteByte((byte)NumberForm.Constant);
            writer.WriteVarint(_numbers[0]);
        }
        else
        {
            WriteShorter(ref writer);
        }
    }

    public void Dispose()
    {
        if (_numbers.Length > 0) ArrayPool<ulong>.Shared.Return(_numbers);
        (_numbers, _count) = ([], 0);
    }

    // Both are made, and the one is taken that is likely to be shorter once it is compressed.
    private void WriteShorter(ref WireWriter writer)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(2 * Base128.MostBytes * _count);
        Span<byte> plain = buffer.AsSpan(0, buffer.Length / 2), delta = buffer.AsSpan(buffer.Length / 2);
        plain = plain[..EncodePlain(plain)];
        delta = delta[..EncodeDelta(delta)];
        var isPlain = Entropy.Of(plain) <= Entropy.Of(delta);
        writer.WriteByte((byte)(isPlain ? NumberForm.Plain : NumberForm.Delta));
        writer.WriteBlock(isPlain ? plain : delta);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private int EncodePlain(Span<byte> target)
    {
        var size = 0;
        foreach (var number in _numbers.AsSpan(0, _count))
        {
            if (number < 0x80) target[size++] = (byte)number;
            else size += Base128.Write(target[size..], number);
        }

        return size;
    }

    private int EncodeDelta(Span<byte> target)
    {
        var (size, last) = (0, 0ul);
        foreach (var number in _numbers.AsSpan(0, _count))
        {
            var delta = Base128.ZigZag((long)(number - last));
            if (delta < 0x80) target[size++] = (byte)delta;
            else size += Base128.Write(target[size..], delta);
            last = number;
        }

        return size;
    }

    private void Grow()
    {
        var larger = ArrayPool<ulong>.Shared.Rent(Math.Max(64, _count * 2));
        _numbers.AsSpan(0, _count).CopyTo(larger);
        if (_numbers.Length > 0) ArrayPool<ulong>.Shared.Return(_numbers);
        _numbers = larger;
        if (_count == 0) _numbers[0] = 0;
    }
}
