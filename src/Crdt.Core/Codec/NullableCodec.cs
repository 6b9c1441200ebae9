using Crdt.Schema;

namespace Crdt.Codec;

/// <summary>A value type that may be absent. Absence has no bytes: whoever contains the value keeps a flag for it.</summary>
/// <typeparam name="T">The value type.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
public readonly struct NullableCodec<T, TCodec> : IValueCodec<T?>
    where T : struct
    where TCodec : IValueCodec<T>
{
    /// <inheritdoc/>
    public static ValueKind Kind => TCodec.Kind;

    /// <inheritdoc/>
    public static void Check(T? value)
    {
        if (value.HasValue) TCodec.Check(value.Value);
    }

    /// <inheritdoc/>
    public static T? Own(T? value) => value.HasValue ? TCodec.Own(value.Value) : null;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, T? value) => TCodec.Write(ref writer, value.GetValueOrDefault());

    /// <inheritdoc/>
    public static T? Read(ref WireReader reader) => TCodec.Read(ref reader);

    /// <inheritdoc/>
    public static int Compare(T? left, T? right) => left.HasValue && right.HasValue
        ? TCodec.Compare(left.Value, right.Value)
        : left.HasValue.CompareTo(right.HasValue);

    /// <inheritdoc/>
    public static bool Same(T? left, T? right) => left.HasValue == right.HasValue && (!left.HasValue || TCodec.Same(left.Value, right!.Value));

    /// <inheritdoc/>
    public static int Hash(T? value) => value.HasValue ? TCodec.Hash(value.Value) : 0;
}
