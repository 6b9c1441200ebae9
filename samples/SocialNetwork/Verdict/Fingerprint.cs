using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Crdt.Samples.SocialNetwork.Verdict;

/// <summary>The sum of the rows' hashes: the same for the same rows in whatever order, and made in constant memory.</summary>
internal sealed class Fingerprint : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Rows { get; private set; }

    public UInt128 Sum { get; private set; }

    public void Add(string?[] row)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var cell in row)
        {
            // The length before each cell keeps "a", "bc" and "ab", "c" apart.
            BinaryPrimitives.WriteInt32LittleEndian(length, cell?.Length ?? -1);
            _hash.AppendData(length);
            _hash.AppendData(MemoryMarshal.AsBytes(cell.AsSpan()));
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(digest);
        Sum += BinaryPrimitives.ReadUInt128LittleEndian(digest);
        Rows++;
    }

    public void Dispose() => _hash.Dispose();
}
