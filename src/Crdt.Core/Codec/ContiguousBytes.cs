using System.Buffers;

namespace Crdt.Codec;

/// <summary>
/// The bytes of a sequence in one piece: those of its only segment as they are, or else one pooled copy, which disposing gives
/// back. The decoders read spans, because what they accept has to be looked at twice before anything changes.
/// </summary>
public readonly ref struct ContiguousBytes : IDisposable
{
    private readonly byte[]? _copy;

    /// <summary>Copies the bytes where they are in several segments.</summary>
    /// <param name="bytes">The bytes; they must not change while this is in use.</param>
    /// <exception cref="WireFormatException">They are in several segments and exceed <see cref="WireLimits.Frame"/>, beyond which nothing is read; nothing was copied.</exception>
    public ContiguousBytes(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.IsSingleSegment)
        {
            Span = bytes.FirstSpan;
            return;
        }

        if (bytes.Length > WireLimits.Frame) throw new WireFormatException($"{bytes.Length} bytes exceed the limit of {WireLimits.Frame}", 0);
        _copy = ArrayPool<byte>.Shared.Rent((int)bytes.Length);
        bytes.CopyTo(_copy);
        Span = _copy.AsSpan(0, (int)bytes.Length);
    }

    /// <summary>The bytes; valid until this is disposed.</summary>
    public ReadOnlySpan<byte> Span { get; }

    /// <summary>Gives the copy back to the pool, where there is one. To be called once.</summary>
    public void Dispose()
    {
        if (_copy is not null) ArrayPool<byte>.Shared.Return(_copy);
    }
}
