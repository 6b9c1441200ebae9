using Crdt.Sync.Sessions;

namespace Crdt.Tests.Sync.Faults;

/// <summary>A crash at every write of a store in memory, and an error at every write and every read: see <see cref="EveryCall"/>.</summary>
public sealed class EveryWriteTests(ITestOutputHelper output)
{
    private static readonly FaultKind[] Kinds = [.. Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.CrashAmid)];

    [Theory]
    [MemberData(nameof(StruckWrites.OfWays), MemberType = typeof(StruckWrites))]
    public async Task Replicas_are_equal_after_a_fault_at_any_call_of_their_stores(Way way, SyncMode? mode, string writes)
    {
        var calls = new EveryCall(way, await Ground.PrepareAsync(way, () => new MemoryDisk()));
        Assert.Equal(mode, await calls.StrikeAllAsync(Kinds));
        output.WriteLine($"{calls}");
        Assert.All(Kinds, kind => Assert.True(calls.Faults.GetValueOrDefault(kind) > 0, $"no {kind}"));
        Assert.Superset(writes.Split(' ').ToHashSet(), calls.Struck.ToHashSet());
    }
}
