using Crdt.Codec;
using Crdt.Schema;
using Crdt.Types.Registers;

namespace Crdt.Tests.Properties.Models;

/// <summary>What a field should read as, given the writes in force: plainly, over all of them, without any of the library's own ways.</summary>
internal sealed class FieldModel(World world, FieldSchema field)
{
    public string[] Read(ulong live) => field.Kind switch
    {
        FieldKind.Register => [Register(Writes(live))],
        FieldKind.MultiValue => [.. Writes(live).Select(write => Hex(write.Value.Bytes)).Distinct().Order(StringComparer.Ordinal)],
        FieldKind.Max or FieldKind.Min => [Extreme(Writes(live))],
        FieldKind.Counter or FieldKind.GrowOnlyCounter => [Sum(live)],
        FieldKind.BoundedCounter => [Bounded(live)],
        FieldKind.EnableWins => ["True"],
        FieldKind.DisableWins => ["False"],
        FieldKind.Set => [.. Writes(live).Select(write => write.Key).Distinct().Order(StringComparer.Ordinal)],
        FieldKind.Map => [.. Keyed(live, writes => Register(Writes(writes)))],
        FieldKind.CounterMap => [.. Keyed(live, Sum)],
        FieldKind.List => [.. Keyed(live, Item).Select(pair => pair.Split('=')[1]).Order(StringComparer.Ordinal)],
        var kind => throw new NotSupportedException($"There is no model of a {kind}."),
    };

    private static string Hex(byte[] bytes) => Convert.ToHexString(bytes);

    private static string Shown(ModelWrite write) => write.Value.IsAbsent ? "null" : Hex(write.Value.Bytes);

    private IEnumerable<ModelWrite> Writes(ulong live) => World.Bits(live).Select(i => world.Writes[i]);

    // Nobody is offline in these histories, so online wins is the last write.
    private string Register(IEnumerable<ModelWrite> writes)
    {
        if (field.Rule is null || field.Rule == ResolutionRule<long, Int64Codec>.OnlineWins)
            return Shown(writes.MaxBy(write => (write.Stamp, write.Replica, write.Number)));
        if (field.Rule == ResolutionRule<long, Int64Codec>.FirstWriteWins)
            return Shown(writes.MinBy(write => (write.Stamp, write.Replica, write.Number)));
        return ByValue(writes, isMax: field.Rule == ResolutionRule<double, DoubleCodec>.Max);
    }

    private string Extreme(IEnumerable<ModelWrite> writes) =>
        ByValue(writes.SelectMany(write => Writes(write.Carries)), isMax: field.Kind == FieldKind.Max);

    private string ByValue(IEnumerable<ModelWrite> writes, bool isMax)
    {
        var ordered = writes.Select(write => write.Value.Bytes).OrderBy(bytes => bytes, Comparer<byte[]>.Create(ValueOrder.Of(field.Value.Kind))).ToArray();
        return Hex(isMax ? ordered[^1] : ordered[0]);
    }

    private string Sum(ulong live)
    {
        Int128 sum = 0;
        foreach (var write in Writes(live))
        {
            foreach (var carried in Writes(write.Carries)) sum += carried.Amount;
        }

        return $"{sum}";
    }

    // Of each replica the newest write, which carries all before it.
    private string Bounded(ulong live)
    {
        var newest = Writes(live).GroupBy(write => write.Replica).Select(writes => writes.MaxBy(write => write.Number));
        Int128 sum = 0;
        foreach (var write in newest) sum += Writes(write.Carries).Aggregate((Int128)0, (total, carried) => total + carried.Amount);
        return $"{Int128.Max(0, sum) + field.Min}";
    }

    private string Item(ulong live) => Shown(world.Writes[world.Latest(live, write => write.Changed)]);

    private IEnumerable<string> Keyed(ulong live, Func<ulong, string> read) => Writes(live)
        .Select(write => write.Key).Distinct()
        .Select(key => $"{key}={read(world.In(live, world.Writes[World.Bits(live).First()].Field, key))}")
        .Order(StringComparer.Ordinal);
}
