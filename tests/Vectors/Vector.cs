namespace Crdt.Tests.Vectors;

/// <summary>Bytes that version 1 of the wire format gave to something once, and gives to it forever.</summary>
/// <param name="Name">What it is called, unique in its file.</param>
/// <param name="Form">Which rule of the grammar the bytes follow, and of what type.</param>
/// <param name="Words">What was done to get them.</param>
/// <param name="Bytes">The bytes, made anew in this run.</param>
/// <param name="Decode">Reads such bytes: what they say in words, and what they are when written again.</param>
internal sealed record Vector(string Name, string Form, string Words, byte[] Bytes, Func<byte[], (IReadOnlyList<string> Reads, byte[] Again)> Decode)
{
    /// <summary>Of a join: what went in, each under a name, in the order in which <see cref="Join"/> takes it.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)> Inputs { get; init; } = [];

    /// <summary>Of a join: makes <see cref="Bytes"/> of the inputs, from either side.</summary>
    public Func<IReadOnlyList<byte[]>, bool, byte[]>? Join { get; init; }
}
