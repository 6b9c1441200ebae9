using Crdt.Clocks;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Sync.Storage;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Reissuing;

/// <summary>A laptop whose clock can be wrong, and an office whose clock is right, each with a disk that outlives it.</summary>
internal sealed class WrongClock : IAsyncDisposable
{
    public static readonly TimeSpan Lead = TimeSpan.FromDays(3);
    private readonly List<GraphReplica> _open = [];

    public InMemoryDisk LaptopDisk { get; } = new();

    public InMemoryDisk OfficeDisk { get; } = new();

    public MovableTime LaptopTime { get; } = new();

    public MovableTime OfficeTime { get; } = new();

    public Task<GraphReplica> OpenLaptopAsync() => OpenAsync("laptop", LaptopDisk, LaptopTime);

    public Task<GraphReplica> OpenOfficeAsync() => OpenAsync("office", OfficeDisk, OfficeTime);

    public async Task<GraphReplica> OpenAsync(string name, InMemoryDisk disk, TimeProvider time)
    {
        var replica = await GraphReplica.OpenAsync(name, TestSchema.Instance, options => (options.Time, options.Store) = (time, () => new InMemoryStore(disk)));
        _open.Add(replica);
        return replica;
    }

    public void SetWrong() => LaptopTime.Advance(Lead);

    public void SetRight() => LaptopTime.Advance(-Lead);

    /// <summary>Both clocks go on.</summary>
    public void Pass(TimeSpan time)
    {
        LaptopTime.Advance(time);
        OfficeTime.Advance(time);
    }

    public async Task CloseAsync(GraphReplica replica)
    {
        _open.Remove(replica);
        await replica.DisposeAsync();
    }

    /// <summary>The process of the laptop ends.</summary>
    public void Crash(GraphReplica laptop)
    {
        _open.Remove(laptop);
        LaptopDisk.Crash();
    }

    /// <summary>Takes a note off the disk of the laptop, which is closed.</summary>
    public async Task ForgetAsync(string note)
    {
        await using var store = new InMemoryStore(LaptopDisk);
        await store.OpenAsync(new("forget", ReplicaId.Random(), null));
        await store.WriteNoteAsync(note, default);
    }

    /// <summary>The laptop is closed, its clock is set right, and it is opened.</summary>
    public async Task<GraphReplica> RecoverAsync(GraphReplica laptop)
    {
        await CloseAsync(laptop);
        SetRight();
        return await OpenLaptopAsync();
    }

    /// <summary>Asserts that two replicas hold the same vectors, conflicts and bytes. Closes neither.</summary>
    public async Task AssertEqualAsync(GraphReplica laptop, GraphReplica office)
    {
        foreach (var lane in TestSchema.Instance.Lanes)
        {
            Assert.Equal(laptop.VectorOf(lane), office.VectorOf(lane));
            Assert.Equal(await laptop.RootAsync(lane), await office.RootAsync(lane));
        }

        Assert.Equal(await ConflictsAsync(laptop), await ConflictsAsync(office));
        Assert.Equal(await RowsAsync(LaptopDisk), await RowsAsync(OfficeDisk));
    }

    /// <summary>The clock that a store has kept.</summary>
    public static async Task<Stamp> ClockAsync(InMemoryDisk disk) => (await OpenAsync(disk)).State.Clock;

    public static async Task<List<string>> RowsAsync(InMemoryDisk disk) =>
        [.. (await (await OpenAsync(disk)).Store.ScanAsync(default, 1000)).Select(entity => $"{entity.Id} {Convert.ToHexString(entity.State.Span)}")];

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _open) await replica.DisposeAsync();
    }

    private static async Task<(IReplicaStore Store, StoreState State)> OpenAsync(InMemoryDisk disk)
    {
        var store = new InMemoryStore(disk.Copy());
        return (store, await store.OpenAsync(new("look", ReplicaId.Random(), null)));
    }

    private static async Task<List<string>> ConflictsAsync(GraphReplica replica) =>
        [.. (await replica.ConflictsAsync().ToListAsync()).Select(conflict => $"{conflict.Kind} {conflict.Entity} {conflict.Field?.Name} {conflict.Writes} {conflict.Shown}")];
}
