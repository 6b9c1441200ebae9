namespace Crdt.Sync.Compression;

/// <summary>A decompressor that gives content bit by bit.</summary>
internal interface IContentStream
{
    /// <summary>Begins anew, at the first byte.</summary>
    void Restart();

    /// <summary>Takes some of the input and gives some of the content. What is malformed raises <see cref="InvalidDataException"/>.</summary>
    /// <param name="input">What is left of the input.</param>
    /// <param name="output">Where content goes, never empty.</param>
    /// <param name="consumed">How much of the input was taken.</param>
    /// <param name="written">How much content there is.</param>
    /// <returns>Whether the content is complete.</returns>
    bool Advance(ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written);
}
