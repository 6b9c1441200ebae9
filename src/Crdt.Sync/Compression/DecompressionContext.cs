using System.Runtime.InteropServices;

namespace Crdt.Sync.Compression;

/// <summary>Memory of libzstd for decompressing, for one thread at a time.</summary>
internal sealed class DecompressionContext : SafeHandle
{
    // A window of 8 MiB.
    private const int MostWindow = 23;

    /// <exception cref="OutOfMemoryException">There is no memory for it.</exception>
    public DecompressionContext()
        : base(0, ownsHandle: true)
    {
        SetHandle(ZstdLibrary.CreateDecompression());
        if (IsInvalid) throw new OutOfMemoryException("libzstd has no memory to decompress with.");
        ZstdLibrary.SetParameter(this, ZstdLibrary.MostWindowParameter, MostWindow);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => ZstdLibrary.FreeDecompression(handle) == 0;
}
