using Crdt.Codec;

namespace Crdt.Bench.Workloads;

/// <summary>Makes the same people in every run.</summary>
internal static class People
{
    public static Person Make(Replica replica, int number) => new(replica, number)
    {
        Name = $"Person {number}",
        Email = $"person{number}@example.org",
        Age = 18 + (number % 60),
        Stock = number % 1_000,
    };

    /// <summary>The state behind the format and the identity that an encoded entity begins with.</summary>
    public static ReadOnlySpan<byte> StateOf(ReadOnlySpan<byte> encoded)
    {
        var reader = new WireReader(encoded);
        reader.ReadByte();
        reader.ReadBlock();
        return reader.Rest;
    }
}
