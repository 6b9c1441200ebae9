using System.Buffers;
using System.Buffers.Binary;
using Crdt.Clocks;

namespace Crdt.Codec;

/// <summary>
/// Appends to a pooled buffer that grows. Pass it by reference; <see cref="Finish"/> or <see cref="Dispose"/> gives the
/// buffer back (one that is lost to an exception is merely collected).
/// </summary>
/// <param name="capacity">A guess at the final length in bytes.</param>
public ref struct WireWriter(int capacity) : IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>A copy of what was written; the buffer goes back to the pool. The usual end of a writer.</summary>
    public byte[] Finish()
    {
        var bytes = Written.ToArray();
        Dispose();
        return bytes;
    }

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Clear() => Length = 0;

    /// <summary>Forgets everything beyond the first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length) => Length = length <= Length ? length : throw new ArgumentOutOfRangeException(nameof(length));

    /// <summary>Gives the buffer back to the pool.</summary>
    public void Dispose()
    {
        if (_buffer is { Length: > 0 }) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Length = 0;
    }

    /// <summary>Makes room for <paramref name="size"/> bytes and counts them as written.</summary>
    public Span<byte> Take(int size)
    {
        if (_buffer.Length - Length < size) Grow(size);
        var span = _buffer.AsSpan(Length, size);
        Length += size;
        return span;
    }

    /// <summary>Appends one byte.</summary>
    public void WriteByte(byte value) => Take(1)[0] = value;

    /// <summary>Appends bytes as they are.</summary>
    public void WriteBytes(scoped ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>Appends a length, then the bytes.</summary>
    public void WriteBlock(scoped ReadOnlySpan<byte> value)
    {
        WriteVarint((ulong)value.Length);
        WriteBytes(value);
    }

    /// <summary>Appends a number in base 128, least significant group first, 1 to 10 bytes.</summary>
    public void WriteVarint(ulong value)
    {
        var span = Take(10);
        var size = 0;
        for (; value >= 0x80; value >>= 7) span[size++] = (byte)(value | 0x80);
        span[size++] = (byte)value;
        Length -= 10 - size;
    }

    /// <summary>Appends a signed number: small magnitudes stay short.</summary>
    public void WriteZigZag(long value) => WriteVarint((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Appends four bytes, most significant first.</summary>
    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    /// <summary>Appends eight bytes, most significant first.</summary>
    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Take(8), value);

    /// <summary>Appends sixteen bytes, most significant first.</summary>
    public void WriteUInt128(UInt128 value) => BinaryPrimitives.WriteUInt128BigEndian(Take(16), value);

    /// <summary>Appends a replica id as 16 bytes.</summary>
    public void WriteReplica(ReplicaId replica) => replica.Write(Take(ReplicaId.Size));

    /// <summary>Appends text as a block of UTF-8.</summary>
    /// <exception cref="ArgumentException">The text has an unpaired surrogate.</exception>
    public void WriteText(string text)
    {
        var mark = BeginBlock();
        Utf8.Write(ref this, text);
        EndBlock(mark);
    }

    /// <summary>Starts a block whose length is known only at its end; hand the result to <see cref="EndBlock"/>.</summary>
    public int BeginBlock()
    {
        WriteByte(0);
        return Length;
    }

    /// <summary>Ends a block: puts its length in front of it, in the canonical (shortest) form.</summary>
    public void EndBlock(int mark)
    {
        var size = Length - mark;
        if (size < 0x80)
        {
            _buffer[mark - 1] = (byte)size;
            return;
        }

        var extra = VarintSize((ulong)size) - 1;
        Take(extra);
        _buffer.AsSpan(mark, size).CopyTo(_buffer.AsSpan(mark + extra));
        var end = Length;
        Length = mark - 1;
        WriteVarint((ulong)size);
        Length = end;
    }

    private static int VarintSize(ulong value)
    {
        var size = 1;
        for (; value >= 0x80; value >>= 7) size++;
        return size;
    }

    private void Grow(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + size), _buffer.Length * 2));
        Written.CopyTo(larger);
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
