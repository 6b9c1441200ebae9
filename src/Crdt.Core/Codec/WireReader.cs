using System.Buffers.Binary;
using Crdt.Clocks;

namespace Crdt.Codec;

/// <summary>
/// Reads canonical bytes front to back. Every method that finds something else raises <see cref="WireFormatException"/>
/// with the offset in the outermost input. Pass it by reference.
/// </summary>
/// <param name="source">The bytes to read.</param>
/// <param name="origin">The offset of their first byte in the outermost input, for error messages.</param>
public ref struct WireReader(ReadOnlySpan<byte> source, int origin = 0)
{
    private readonly ReadOnlySpan<byte> _source = source;
    private int _position = 0;

    /// <summary>Where the next byte stands in the outermost input.</summary>
    public readonly int Offset => origin + _position;

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _source.Length - _position;

    /// <summary>What was not read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _source[_position..];

    /// <summary>The error to throw for what stands here.</summary>
    public readonly WireFormatException Malformed(string reason) => new(reason, Offset);

    /// <summary>Demands that everything has been read.</summary>
    public readonly void End()
    {
        if (Remaining != 0) throw Malformed($"{Remaining} bytes too many");
    }

    /// <summary>Reads <paramref name="size"/> bytes as they are.</summary>
    public ReadOnlySpan<byte> ReadBytes(int size)
    {
        if (size > Remaining) throw Malformed($"truncated: {size} bytes expected and {Remaining} left");
        var bytes = _source.Slice(_position, size);
        _position += size;
        return bytes;
    }

    /// <summary>Reads one byte.</summary>
    public byte ReadByte() => ReadBytes(1)[0];

    /// <summary>Reads a number of 1 to 10 bytes in its shortest form.</summary>
    public ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = ReadByte();
            if (shift == 63 && next > 1) throw Malformed("a number exceeds 64 bits");
            value |= (ulong)(next & 0x7F) << shift;
            if (next >= 0x80) continue;
            if (next == 0 && shift > 0) throw Malformed("a number is not in its shortest form");
            return value;
        }

        throw Malformed("a number exceeds 10 bytes");
    }

    /// <summary>Reads what <see cref="WireWriter.WriteZigZag"/> wrote.</summary>
    public long ReadZigZag()
    {
        var value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Reads a count of items that take at least <paramref name="bytesEach"/> bytes each, so that it can't promise more than there is.</summary>
    public int ReadCount(int bytesEach, int limit = WireLimits.Items)
    {
        var count = ReadVarint();
        if (count > (ulong)limit) throw Malformed($"{count} items exceed the limit of {limit}");
        if (count * (ulong)bytesEach > (ulong)Remaining) throw Malformed($"{count} items can't fit into the {Remaining} bytes left");
        return (int)count;
    }

    /// <summary>Reads a length, then so many bytes.</summary>
    public ReadOnlySpan<byte> ReadBlock(int limit = int.MaxValue)
    {
        var size = ReadVarint();
        if (size > (ulong)limit) throw Malformed($"a block of {size} bytes exceeds the limit of {limit}");
        return ReadBytes((int)size);
    }

    /// <summary>Reads a block as a reader of its own, whose offsets still count from the outermost input.</summary>
    public WireReader ReadNested(int limit = int.MaxValue)
    {
        var block = ReadBlock(limit);
        return new(block, Offset - block.Length);
    }

    /// <summary>Reads four bytes, most significant first.</summary>
    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(ReadBytes(4));

    /// <summary>Reads eight bytes, most significant first.</summary>
    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64BigEndian(ReadBytes(8));

    /// <summary>Reads sixteen bytes, most significant first.</summary>
    public UInt128 ReadUInt128() => BinaryPrimitives.ReadUInt128BigEndian(ReadBytes(16));

    /// <summary>Reads a replica id.</summary>
    public ReplicaId ReadReplica() => ReplicaId.Read(ReadBytes(ReplicaId.Size));

    /// <summary>Reads a block of UTF-8 as text.</summary>
    public string ReadText(int limit = int.MaxValue)
    {
        var nested = ReadNested(limit);
        return Utf8.Read(ref nested);
    }
}
