namespace Crdt.Tests.Vectors.Files;

/// <summary>Holds what is made now against what was frozen.</summary>
internal static class Comparison
{
    /// <summary>What differs, with both; null where nothing does.</summary>
    public static string? Difference(Block block, Vector vector)
    {
        var bytes = block.Bytes("hex");
        var (reads, again) = vector.Decode(bytes);
        var made = $"{block with { Lines = Block.Of(vector).Lines }}";
        if ($"{block}" != made) return $"it was\n{block}\nand is\n{made}";
        if (!block.All("reads").SequenceEqual(reads)) return $"it reads as {string.Join(" | ", reads)}";
        if (!bytes.SequenceEqual(again)) return $"written again it is {Convert.ToHexStringLower(again)}";
        if (vector.Join is null) return null;
        byte[][] inputs = [.. vector.Inputs.Select(input => block.Bytes(input.Name))];
        return new[] { false, true }.All(swaps => bytes.SequenceEqual(vector.Join(inputs, swaps))) ? null : "its inputs join to something else";
    }
}
