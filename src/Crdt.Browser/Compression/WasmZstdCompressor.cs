using System.Runtime.InteropServices.JavaScript;
using Crdt.Browser.Interop;
using Crdt.Codec;
using Crdt.Sync.Compression;

namespace Crdt.Browser.Compression;

/// <summary>Zstandard (RFC 8878) by its own library, compiled to WebAssembly. Frames say the length of their content; they have no checksum, as ways to a browser have one of their own.</summary>
internal sealed class WasmZstdCompressor : IFrameCompressor
{
    /// <inheritdoc/>
    public byte Id => ZstdCompressor.WireId;

    /// <inheritdoc/>
    public string Name => "zstd";

    /// <inheritdoc/>
    public void Compress(ReadOnlySpan<byte> content, ref WireWriter output) => output.WriteBytes(Memory.Take(Zstd.Compress(content.ToArray(), ZstdCompressor.DefaultLevel)));

    /// <inheritdoc/>
    /// <remarks>The library gives all of the content at once, so its length is set aside before it is seen: at most what an envelope may hold.</remarks>
    public byte[] Decompress(ReadOnlySpan<byte> body, int length, int origin = 0)
    {
        ZstdFrame.RequireLength(body, length, origin);
        try
        {
            var content = Memory.Take(Zstd.Decompress(body.ToArray()));
            return content.Length == length ? content : throw new WireFormatException($"{length} bytes were announced, and there are {content.Length}", origin);
        }
        catch (JSException error)
        {
            throw new WireFormatException($"this is no zstd frame, or one that was altered ({error.Text()})", origin);
        }
    }
}
