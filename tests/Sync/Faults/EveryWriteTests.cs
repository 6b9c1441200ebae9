using Crdt.Sync.Sessions;

namespace Crdt.Tests.Sync.Faults;

/// <summary>
/// A crash at every write of a store, and an error at every write and every read, one after the other: while replicas open, commit, cut their logs, sync
/// and close. Whatever it is, the other side ends too, and both are equal after a restart and one more session.
/// </summary>
public sealed class EveryWriteTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(Way.Incremental, SyncMode.Incremental, "Commit WriteNote ForgetChanges")]
    [InlineData(Way.CriticalFirst, SyncMode.Incremental, "Commit WriteNote")]
    [InlineData(Way.Reconciled, SyncMode.Reconciled, "Commit WriteNote CutLog BeginBatch BatchWrite BatchCommit ForgetChanges")]
    [InlineData(Way.Resumed, SyncMode.Reconciled, "Commit WriteNote CutLog BeginBatch BatchWrite BatchCommit DropStage")]
    [InlineData(Way.Full, SyncMode.Full, "Commit WriteNote CutLog BeginBatch BatchWrite BatchCommit")]
    [InlineData(Way.FullOfLargeRows, SyncMode.Full, "Commit WriteNote CutLog BeginBatch BatchWrite BatchCommit Stage DropStage")]
    [InlineData(Way.ImportOfStates, null, "Commit WriteNote BeginBatch BatchWrite BatchCommit Stage DropStage")]
    [InlineData(Way.ImportOfEvents, null, "Commit WriteNote")]
    public async Task Replicas_are_equal_after_a_fault_at_any_call_of_their_stores(Way way, SyncMode? mode, string writes)
    {
        var ground = await Ground.PrepareAsync(way);
        var (office, laptop) = (ground.Office(), ground.Laptop());
        var clean = new Trial(ground, office, laptop);
        await clean.LiveAsync();
        await clean.EndAsync();
        await clean.RecoverAsync();
        Assert.Equal(mode, clean.Mode);

        var (faults, struck) = (new Dictionary<FaultKind, int>(), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var kind in Enum.GetValues<FaultKind>())
        {
            var isRead = kind is FaultKind.ReadFailed or FaultKind.DiskUnreadable;
            foreach (var machine in new[] { office, laptop })
            {
                var calls = isRead ? machine.Plan.Reads : machine.Plan.Writes;
                for (var at = 1; at <= calls.Count; at++)
                {
                    try
                    {
                        if (await StrikeAsync(ground, machine == office, kind, at) is not { } name) continue;
                        Assert.Equal(calls[at - 1], name);
                        faults[kind] = faults.GetValueOrDefault(kind) + 1;
                        if (!isRead) struck.Add(name);
                    }
                    catch (Exception error)
                    {
                        throw new InvalidOperationException($"{way}, {(machine == office ? "office" : "laptop")}: {kind} at {at} ({calls[at - 1]}): {error.Message}", error);
                    }
                }
            }
        }

        output.WriteLine($"{way}: writes {office.Plan.Writes.Count} + {laptop.Plan.Writes.Count}, reads {office.Plan.Reads.Count} + {laptop.Plan.Reads.Count}; faults: {string.Join(", ", faults.Select(fault => $"{fault.Key} {fault.Value}"))}; at {string.Join(' ', struck)}");
        Assert.All(Enum.GetValues<FaultKind>(), kind => Assert.True(faults.GetValueOrDefault(kind) > 0, $"no {kind}"));
        Assert.Superset(writes.Split(' ').ToHashSet(), struck.ToHashSet());
    }

    /// <summary>Lets one call go wrong, or all from one on, which then are mended while the replicas go on.</summary>
    /// <returns>The name of the call; null where it is one of the end of the process, by which the disk was to be mended.</returns>
    private static async Task<string?> StrikeAsync(Ground ground, bool isOffice, FaultKind kind, int at)
    {
        var (office, laptop) = (isOffice ? ground.Office(kind, at) : ground.Office(), isOffice ? ground.Laptop() : ground.Laptop(kind, at));
        var (trial, plan) = (new Trial(ground, office, laptop), isOffice ? office.Plan : laptop.Plan);
        await trial.LiveAsync();
        if (kind is FaultKind.DiskFull or FaultKind.DiskUnreadable)
        {
            if (plan.Struck is null) return null;
            await trial.GoOnAsync();
        }

        await trial.EndAsync();
        await trial.RecoverAsync();
        return plan.Struck ?? throw new InvalidOperationException("nothing went wrong");
    }
}
