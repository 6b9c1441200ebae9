using Crdt.Projection;

namespace Crdt.Kuzu.Binding;

/// <summary>Kuzu's TIMESTAMP_NS, which is finer than <see cref="DateTime"/>'s 100 ns.</summary>
/// <param name="SinceEpoch">Nanoseconds since 1970-01-01T00:00:00Z.</param>
public readonly record struct KuzuNanoseconds(long SinceEpoch) : IDatabaseValue
{
    object IDatabaseValue.ToPlain() => SinceEpoch % TimeSpan.NanosecondsPerTick == 0
        ? DateTime.UnixEpoch.AddTicks(SinceEpoch / TimeSpan.NanosecondsPerTick)
        : throw new OverflowException("the time is finer than the 100 ns of .NET's.");
}
