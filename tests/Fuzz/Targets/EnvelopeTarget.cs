using Crdt.Codec;
using Crdt.Sync.Compression;

namespace Crdt.Tests.Fuzz.Targets;

/// <summary>What was compressed. Memory is bounded by what a frame may hold.</summary>
internal sealed class EnvelopeTarget(byte[][] samples) : Target("envelope", Times, samples)
{
    // The content, and the chunks in which it came.
    private const int Times = 2;

    protected override void Decode(byte[] input, Dice dice)
    {
        try
        {
            CompressedEnvelope.Open(input, WireLimits.Frame);
        }
        catch (WireFormatException error) when (error.Offset > input.Length)
        {
            throw new LawBrokenException($"the offset {error.Offset} is not within the input", error);
        }
    }

    protected override void Verify(byte[] input, Dice dice)
    {
        var content = CompressedEnvelope.Open(input, WireLimits.Frame);
        Law.Same("what was opened is sealed again", content, CompressedEnvelope.Open(CompressedEnvelope.Seal(content, CompressorChoice.Available[0])));
    }

    protected override int Measure(byte[] input) => input.Length + WireLimits.Frame;
}
