namespace Crdt.Tests.Vectors.Files;

/// <summary>A vector as a file has it: lines of text, the bytes in hexadecimal.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Lines">The rest, each as a label and what it says.</param>
internal sealed record Block(string Name, IReadOnlyList<(string Label, string Text)> Lines)
{
    /// <summary>What all lines with a label say.</summary>
    public string[] All(string label) => [.. Lines.Where(line => line.Label == label).Select(line => line.Text)];

    /// <summary>The bytes of the one line with a label.</summary>
    public byte[] Bytes(string label) => Convert.FromHexString(All(label).Single());

    public static Block Of(Vector vector) => new(
        vector.Name,
        [
            ("form", vector.Form),
            ("words", vector.Words),
            .. vector.Inputs.Select(input => (input.Name, Hex(input.Bytes))),
            ("hex", Hex(vector.Bytes)),
            .. vector.Decode(vector.Bytes).Reads.Select(line => ("reads", line)),
        ]);

    public override string ToString() => $"[{Name}]\n{string.Concat(Lines.Select(line => $"{line.Label}: {line.Text}".TrimEnd() + "\n"))}";

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
