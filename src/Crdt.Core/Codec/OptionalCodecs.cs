using Crdt.Schema;

namespace Crdt.Codec;

/// <summary>A value type that may be absent inside a list or record: nothing, or a 1 and the value.</summary>
/// <typeparam name="T">The value type.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
public readonly struct OptionalCodec<T, TCodec> : IValueCodec<T?>
    where T : struct
    where TCodec : IValueCodec<T>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.Optional;

    /// <inheritdoc/>
    public static void Check(T? value)
    {
        if (value.HasValue) TCodec.Check(value.Value);
    }

    /// <inheritdoc/>
    public static T? Own(T? value) => value.HasValue ? TCodec.Own(value.Value) : null;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, T? value)
    {
        if (!value.HasValue) return;
        writer.WriteByte(1);
        TCodec.Write(ref writer, value.Value);
    }

    /// <inheritdoc/>
    public static T? Read(ref WireReader reader) => OptionalForm.IsPresent(ref reader) ? TCodec.Read(ref reader) : null;

    /// <inheritdoc/>
    public static bool Same(T? left, T? right) => left.HasValue == right.HasValue && (!left.HasValue || TCodec.Same(left.Value, right!.Value));

    /// <inheritdoc/>
    public static int Hash(T? value) => value.HasValue ? TCodec.Hash(value.Value) : 0;
}

/// <summary>A reference type that may be absent inside a list or record: nothing, or a 1 and the value.</summary>
/// <typeparam name="T">The reference type.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
public readonly struct OptionalReferenceCodec<T, TCodec> : IValueCodec<T?>
    where T : class
    where TCodec : IValueCodec<T>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.Optional;

    /// <inheritdoc/>
    public static void Check(T? value)
    {
        if (value is not null) TCodec.Check(value);
    }

    /// <inheritdoc/>
    public static T? Own(T? value) => value is null ? null : TCodec.Own(value);

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, T? value)
    {
        if (value is null) return;
        writer.WriteByte(1);
        TCodec.Write(ref writer, value);
    }

    /// <inheritdoc/>
    public static T? Read(ref WireReader reader) => OptionalForm.IsPresent(ref reader) ? TCodec.Read(ref reader) : null;

    /// <inheritdoc/>
    public static bool Same(T? left, T? right) => left is null || right is null ? left is null && right is null : TCodec.Same(left, right);

    /// <inheritdoc/>
    public static int Hash(T? value) => value is null ? 0 : TCodec.Hash(value);
}

/// <summary>What both forms have in common.</summary>
internal static class OptionalForm
{
    public static bool IsPresent(ref WireReader reader)
    {
        if (reader.Remaining == 0) return false;
        return reader.ReadByte() == 1 ? true : throw reader.Malformed("an optional value begins with a 1 or is empty");
    }
}
