using Crdt.Entities;

namespace Crdt.Testing.Checks;

/// <summary>The demands that laws are made of; each says by name what is broken.</summary>
internal static class Law
{
    public static void Same(string law, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> actual)
    {
        if (!expected.SequenceEqual(actual))
            throw new LawBrokenException($"{law}: expected {Convert.ToHexString(expected)}{Environment.NewLine}but found {Convert.ToHexString(actual)}", null);
    }

    public static void Holds(string law, bool condition, object? detail = null)
    {
        if (!condition) throw detail is null ? new(law, null) : Broken(law, detail);
    }

    /// <summary>For where words would cost much and are wanted only if the law is broken.</summary>
    public static LawBrokenException Broken(string law, object detail) => new($"{law}: {detail}", null);

    public static void NoMismatch(string law, string? mismatch) => Holds(law, mismatch is null, mismatch);

    /// <summary>The state as a row: with its context, or without it where that is kept elsewhere.</summary>
    public static byte[] Row(EntityState state, bool withContext)
    {
        var writer = new Crdt.Codec.WireWriter(256);
        state.WriteState(ref writer, withContext ? state.Context : null);
        return writer.Finish();
    }
}
