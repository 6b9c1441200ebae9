using Crdt.Codec;

namespace Crdt.Types;

/// <summary>
/// Two values are the same when their canonical bytes are. Hash codes are seeded anew in every process: elements of a set
/// come from peers, who could otherwise choose them so that all fall into one bucket.
/// </summary>
internal sealed class CanonicalComparer<T, TCodec> : IEqualityComparer<T>
    where T : notnull
    where TCodec : IValueCodec<T>
{
    public static CanonicalComparer<T, TCodec> Instance { get; } = new();

    public bool Equals(T? left, T? right) => left is null || right is null ? left is null && right is null : TCodec.Same(left, right);

    public int GetHashCode(T value) => HashCode.Combine(TCodec.Hash(value));
}
