using System.Runtime.InteropServices;

namespace Crdt.Sync.Compression;

/// <summary>Memory of libzstd for compressing, for one thread at a time.</summary>
internal sealed class CompressionContext : SafeHandle
{
    /// <exception cref="OutOfMemoryException">There is no memory for it.</exception>
    public CompressionContext(int level)
        : base(0, ownsHandle: true)
    {
        SetHandle(ZstdLibrary.CreateCompression());
        if (IsInvalid) throw new OutOfMemoryException("libzstd has no memory to compress with.");
        ZstdLibrary.SetParameter(this, ZstdLibrary.LevelParameter, level);
        ZstdLibrary.SetParameter(this, ZstdLibrary.ChecksumParameter, 1);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => ZstdLibrary.FreeCompression(handle) == 0;
}
