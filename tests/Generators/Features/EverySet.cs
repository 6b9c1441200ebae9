namespace Crdt.Tests.Generators.Features;

/// <summary>A node with a set of every type.</summary>
[CrdtNode]
public partial class EverySet
{
    [Key] public partial int Id { get; }

    [OrSet] public partial ISet<bool> Boolean { get; }

    [OrSet] public partial ISet<sbyte> Int8 { get; }

    [OrSet] public partial ISet<short> Int16 { get; }

    [OrSet] public partial ISet<int> Int32 { get; }

    [OrSet] public partial ISet<long> Int64 { get; }

    [OrSet] public partial ISet<byte> UInt8 { get; }

    [OrSet] public partial ISet<ushort> UInt16 { get; }

    [OrSet] public partial ISet<uint> UInt32 { get; }

    [OrSet] public partial ISet<ulong> UInt64 { get; }

    [OrSet] public partial ISet<Int128> Int128 { get; }

    [OrSet] public partial ISet<float> Single { get; }

    [OrSet] public partial ISet<double> Double { get; }

    [OrSet] public partial ISet<decimal> Decimal { get; }

    [OrSet] public partial ISet<string> Text { get; }

    [OrSet] public partial ISet<byte[]> Bytes { get; }

    [OrSet] public partial ISet<Guid> Guid { get; }

    [OrSet] public partial ISet<DateOnly> Date { get; }

    [OrSet] public partial ISet<TimeOnly> Time { get; }

    [OrSet] public partial ISet<DateTime> DateTime { get; }

    [OrSet] public partial ISet<DateTimeOffset> DateTimeOffset { get; }

    [OrSet] public partial ISet<TimeSpan> Duration { get; }
}
