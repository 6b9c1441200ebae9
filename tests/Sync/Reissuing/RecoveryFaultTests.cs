using Crdt.Clocks;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Tests.Sync.Faults;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Reissuing;

/// <summary>A crash or an error at any call of the store while events are issued again: it is done or it isn't, and what was written counts once.</summary>
public sealed class RecoveryFaultTests
{
    private static readonly ReplicaId LaptopId = new(1), OfficeId = new(2);

    [Theory]
    [InlineData(FaultKind.WriteRefused)]
    [InlineData(FaultKind.CrashBefore)]
    [InlineData(FaultKind.CrashAfter)]
    [InlineData(FaultKind.ReadFailed)]
    public async Task Whatever_fails_on_the_way_it_is_done_as_a_whole_and_once(FaultKind kind)
    {
        var (wrote, time) = (new MemoryDisk(), new MovableTime());
        await WriteAsync(wrote, time);
        time.Advance(-WrongClock.Lead);
        var clean = new Machine("laptop", LaptopId, wrote.Copy(), time);
        Assert.Equal(default, await clean.OpenAsync());
        var calls = kind == FaultKind.ReadFailed ? clean.Plan.Reads : clean.Plan.Writes;
        Assert.Equal(kind == FaultKind.ReadFailed ? "Scan" : "Commit", calls.Find(call => call is "Scan" or "Commit"));

        for (var at = 1; at <= calls.Count; at++)
        {
            var disk = wrote.Copy();
            var machine = new Machine("laptop", LaptopId, disk, time, new FaultPlan(disk, kind, at));
            var ending = await machine.OpenAsync();
            Assert.True(ending.HasCrashed || ending.Error is null or StoreException, $"{ending.Error}");
            Assert.NotNull(machine.Plan.Struck);
            if (kind == FaultKind.WriteRefused) Assert.Equal(LaptopId, machine.Replica.Id);
            await machine.CloseAsync();
            await RequireOnceAsync(disk, time);
        }
    }

    private static async Task WriteAsync(ITrialDisk disk, MovableTime time)
    {
        var laptop = new Machine("laptop", LaptopId, disk, time);
        Assert.Equal(default, await laptop.OpenAsync());
        await laptop.Replica.EditAsync(tx => tx.Add<Person>(1).Stock = 5);
        time.Advance(WrongClock.Lead);
        await laptop.Replica.EditAsync(async tx => ((await tx.GetAsync<Person>(1))!.Stock, tx.Add<Place>("Hill").Height) = (15, 2));
        await laptop.Replica.ShowAsync();
        await laptop.Replica.EditPersonAsync(1, ann => (ann.Stock, ann.Email) = (ann.Stock + 100, "ahead"));
        await laptop.CloseAsync();
    }

    /// <summary>Opened again without faults, the laptop brings everything to a peer, once.</summary>
    private static async Task RequireOnceAsync(ITrialDisk disk, MovableTime time)
    {
        var (laptop, office) = (new Machine("laptop", LaptopId, disk, time), new Machine("office", OfficeId, new MemoryDisk(), time));
        foreach (var machine in new[] { laptop, office }) Assert.Equal(default, await machine.OpenAsync());
        Assert.Equal(IncarnationReason.ClockAhead, laptop.Replica.Incarnations[^1].Reason);
        Assert.Equal(2, laptop.Replica.Incarnations.Count);
        Assert.Equal(0, (await office.Replica.SyncAsync(laptop.Replica)).Held);
        Assert.Equal((115, "ahead"), ((await office.Replica.GetAsync<Person>(1))!.Stock, (await office.Replica.GetAsync<Person>(1))!.Email));
        Assert.Equal(2, (await office.Replica.GetAsync<Place>("Hill"))!.Height);
        foreach (var lane in TestSchema.Instance.Lanes) Assert.Equal(await laptop.Replica.RootAsync(lane), await office.Replica.RootAsync(lane));
        foreach (var machine in new[] { laptop, office }) Assert.Equal(default, await machine.CloseAsync());
    }
}
