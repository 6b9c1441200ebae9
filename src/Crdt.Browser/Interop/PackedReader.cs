using System.Buffers.Binary;

namespace Crdt.Browser.Interop;

/// <summary>Reads what <c>web/src/records/packed.ts</c> writes, without copying.</summary>
/// <param name="bytes">All of it.</param>
internal struct PackedReader(ReadOnlyMemory<byte> bytes)
{
    private int _at;

    public readonly bool IsDone => _at == bytes.Length;

    public int Number()
    {
        var value = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span[_at..]);
        _at += sizeof(int);
        return value;
    }

    public ReadOnlyMemory<byte> Block()
    {
        var length = Number();
        var block = bytes.Slice(_at, length);
        _at += length;
        return block;
    }
}
