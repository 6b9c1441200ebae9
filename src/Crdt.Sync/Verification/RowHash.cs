using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Crdt.Projection;

namespace Crdt.Sync.Verification;

/// <summary>Hashes rows, one after the other. Not for several threads at once.</summary>
internal sealed class RowHash
{
    private readonly ArrayBufferWriter<byte> _row = new(512);

    /// <summary>The hash of a row. Only chance can make two rows equal here; the differences that this looks for have no intent to hide.</summary>
    public ulong Of(ShownRow row)
    {
        _row.ResetWrittenCount();
        _row.Write(row.Id.Bytes);
        Append(row.KeyText ?? "");
        foreach (var value in row.Values) Append(value);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_row.WrittenSpan, digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }

    private void Append(string text)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_row.GetSpan(sizeof(int)), text.Length);
        _row.Advance(sizeof(int));
        Encoding.UTF8.GetBytes(text, _row);
    }
}
