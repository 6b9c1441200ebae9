using System.Buffers.Binary;

namespace Crdt.Browser.Interop;

/// <summary>Writes what <c>web/src/records/packed.ts</c> reads: numbers of four bytes, least significant first, and blocks, which are a length and so many bytes.</summary>
internal sealed class PackedWriter
{
    private byte[] _bytes = new byte[256];
    private int _length;

    public Span<byte> Written => _bytes.AsSpan(0, _length);

    public void Number(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), value);

    public void Block(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        bytes.CopyTo(Take(bytes.Length));
    }

    /// <summary>Appends what was written before, as it is.</summary>
    public void Append(ReadOnlySpan<byte> written) => written.CopyTo(Take(written.Length));

    private Span<byte> Take(int size)
    {
        if (_bytes.Length - _length < size) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + size));
        var span = _bytes.AsSpan(_length, size);
        _length += size;
        return span;
    }
}
