using Crdt.Codec;
using Crdt.Sync.Batches;

namespace Crdt.Tests.Fuzz.Targets;

/// <summary>
/// Batches of rows or of events. What all rows have is said once, so little can become much: memory is bounded by what may come out, and not by
/// the length of the input.
/// </summary>
internal sealed class BatchTarget<T>(string name, byte[][] samples, Func<byte[], IReadOnlyList<T>> decode, Func<IReadOnlyList<T>, byte[]> encode, Func<T, ReadOnlyMemory<byte>> bytesOf)
    : Target(name, Times, samples)
{
    // Rows, the room in which they grew, and an object with an identity for each.
    private const int Times = 5;

    protected override void Decode(byte[] input, Dice dice)
    {
        try
        {
            decode(input);
        }
        catch (WireFormatException error) when (error.Offset > input.Length)
        {
            throw new LawBrokenException($"the offset {error.Offset} is not within the input", error);
        }
    }

    protected override void Verify(byte[] input, Dice dice)
    {
        var items = decode(input);
        var again = decode(encode(items));
        Law.Holds("as many come back", items.Count == again.Count);
        for (var i = 0; i < items.Count; i++) Law.Same("what was decoded comes back", bytesOf(items[i]).ToArray(), bytesOf(again[i]).ToArray());
    }

    protected override int Measure(byte[] input) => input.Length + RowBatchCodec.MaxRows;
}
