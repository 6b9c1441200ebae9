using System.Runtime.CompilerServices;
using Crdt.Schema;

namespace Crdt.Codec;

/// <summary>An enum as its integer. A number that has no name in this build is a value like any other.</summary>
/// <typeparam name="T">The enum.</typeparam>
/// <typeparam name="TNumber">The integer that it is declared over.</typeparam>
/// <typeparam name="TCodec">The codec of that integer.</typeparam>
public readonly struct EnumCodec<T, TNumber, TCodec> : IValueCodec<T>
    where T : struct, Enum
    where TNumber : struct
    where TCodec : IValueCodec<TNumber>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.Enum;

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, T value) => TCodec.Write(ref writer, Number(value));

    /// <inheritdoc/>
    public static T Read(ref WireReader reader) => Unsafe.BitCast<TNumber, T>(TCodec.Read(ref reader));

    /// <inheritdoc/>
    public static int Compare(T left, T right) => TCodec.Compare(Number(left), Number(right));

    /// <inheritdoc/>
    public static bool Same(T left, T right) => TCodec.Same(Number(left), Number(right));

    /// <inheritdoc/>
    public static int Hash(T value) => TCodec.Hash(Number(value));

    private static TNumber Number(T value) => Unsafe.BitCast<T, TNumber>(value);
}
