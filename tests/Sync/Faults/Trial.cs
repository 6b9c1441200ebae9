using Crdt.Clocks;
using Crdt.Storage;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Faults;

/// <summary>Two replicas that live through one fault, and what they hold afterwards.</summary>
/// <param name="ground">What they hold before.</param>
/// <param name="office">One of them.</param>
/// <param name="laptop">The other.</param>
internal sealed class Trial(Ground ground, Machine office, Machine laptop)
{
    private const int OfficeLate = 10, LaptopLate = 100, OfficeAgain = 1_000, LaptopAgain = 10_000;

    private readonly Dictionary<string, VersionVector> _officeHad = [], _laptopHad = [];
    private Ending? _officeCommit, _laptopCommit;
    private bool _isClaimed;

    /// <summary>How the session brought them together; null where it didn't.</summary>
    public SyncMode? Mode { get; private set; }

    /// <summary>From the start of both processes to the end of their session.</summary>
    public async Task LiveAsync()
    {
        foreach (var machine in new[] { office, laptop }) Require(await machine.OpenAsync(), isSession: false);
        if (office.IsUp) Require((_officeCommit = await CommitAsync(office, OfficeLate, "office")).Value, isSession: false);
        if (laptop.IsUp && !ground.IsFull) Require((_laptopCommit = await CommitAsync(laptop, LaptopLate, "laptop")).Value, isSession: false);
        foreach (var lane in ground.IsCut ? Ground.Lanes : [])
        {
            if (office.IsUp) Require(await office.DoAsync(() => office.Replica.CutLogAsync(keep: 0, lane).AsTask()), isSession: false);
        }

        Note(office, _officeHad);
        Note(laptop, _laptopHad);
        if (!office.IsUp || !laptop.IsUp) return;
        if (ground.IsImport) await ImportAsync();
        else await SyncAsync();
    }

    /// <summary>Nothing goes wrong any more, and the replicas go on without a restart.</summary>
    public async Task GoOnAsync()
    {
        foreach (var machine in new[] { office, laptop })
        {
            machine.Plan.Mend();
            if (!machine.IsUp) Assert.Equal(default, await machine.OpenAsync());
        }

        await RequireSyncAsync(office, laptop);
        await RequireEqualAsync(office, laptop);
    }

    /// <summary>Ends both processes, in order where they still live.</summary>
    public async Task EndAsync()
    {
        foreach (var machine in new[] { office, laptop })
        {
            var ending = await machine.CloseAsync();
            Assert.True(ending.HasCrashed || ending.Error is null, $"closing failed: {ending.Error}");
            Assert.False(machine.Disk.IsOpen);
        }
    }

    /// <summary>Both are started again; they write, sync, and hold everything that was acknowledged.</summary>
    public async Task RecoverAsync()
    {
        var (one, other) = (ground.Restart(office, isOffice: true), ground.Restart(laptop, isOffice: false));
        foreach (var machine in new[] { one, other }) Assert.Equal(default, await machine.OpenAsync());
        Assert.Equal((Ground.OfficeId, Ground.LaptopId), (one.Replica.Id, other.Replica.Id));
        RequireKept(one, other);
        if (!ground.IsCut) await RequireQueueAsync(one, other, Ground.OfficeId); // What a log was cut of isn't counted.
        await RequireQueueAsync(other, one, Ground.LaptopId);
        var stock = await LateAsync(one, _officeCommit, OfficeLate, "office") + await LateAsync(other, _laptopCommit, LaptopLate, "laptop");
        // What the peer may have seen of the last commit must not be folded into this one, which writes to the same counter.
        stock += OfficeAgain + LaptopAgain;
        await one.Replica.EditPersonAsync(7, person => person.Stock += OfficeAgain);
        if (await other.Replica.GetAsync<Person>(7) is not null) await other.Replica.EditPersonAsync(7, person => person.Stock += LaptopAgain);
        else await other.Replica.EditAsync(tx => tx.Add<Person>(7).Stock = LaptopAgain);
        await RequireSyncAsync(one, other);
        await RequireEqualAsync(one, other);
        foreach (var machine in new[] { one, other })
        {
            await RequireContentAsync(machine, stock);
            Assert.Equal(0, (await machine.Replica.OfflineQueue.MeasureAsync()).Operations);
        }

        foreach (var machine in new[] { one, other }) Assert.Equal(default, await machine.CloseAsync());
    }

    private static Task<Ending> CommitAsync(Machine machine, int stock, string name) => machine.DoAsync(() => machine.Replica.EditAsync(async tx =>
    {
        (await tx.GetAsync<Person>(7))!.Stock += stock;
        tx.Add<Place>(name);
    }));

    private async Task SyncAsync()
    {
        var (here, there) = InMemoryTransport.CreatePair();
        var endings = await Task.WhenAll(office.SyncAsync(there), laptop.SyncAsync(here));
        foreach (var ending in endings) Require(ending, isSession: true);
        _isClaimed = endings.Any(ending => ending.IsSuccess);
        Mode = office.LastMode;
    }

    private async Task ImportAsync()
    {
        var snapshot = new MemoryStream();
        var exported = await office.DoAsync(() => office.Replica.ExportAsync(snapshot, ground.Since));
        Require(exported, isSession: false);
        if (!exported.IsSuccess) return;
        snapshot.Position = 0;
        var imported = await laptop.DoAsync(async () => Assert.False((await laptop.Replica.ImportAsync(snapshot)).FullResyncRequired));
        Require(imported, isSession: false);
        _isClaimed = imported.IsSuccess;
        foreach (var lane in Ground.Lanes) _laptopHad[lane] = new(); // which the office has not been told
    }

    // Whoever could not go on says so by a type.
    private static void Require(Ending ending, bool isSession) => Assert.True(
        ending.Error is null or StoreException || (isSession && ending.Error is SessionException { Reason: SessionEnd.Failed }), $"ended with {ending.Error}");

    private static void Note(Machine machine, Dictionary<string, VersionVector> had)
    {
        foreach (var lane in Ground.Lanes) had[lane] = machine.IsUp ? machine.Replica.VectorOf(lane) : new();
    }

    private void RequireKept(Machine one, Machine other)
    {
        foreach (var lane in Ground.Lanes)
        {
            var (mine, theirs) = (one.Replica.VectorOf(lane), other.Replica.VectorOf(lane));
            Assert.True(mine.Covers(_officeHad[lane]), "the office lost what it had");
            Assert.True(theirs.Covers(_laptopHad[lane]), "the laptop lost what it had");
            if (!_isClaimed) continue;
            Assert.True(theirs.Covers(_officeHad[lane]), "a session called itself complete, and the laptop lacks what the office had");
            Assert.True(mine.Covers(_laptopHad[lane]), "a session called itself complete, and the office lacks what the laptop had");
        }
    }

    // What no longer waits for a peer is there.
    private static async Task RequireQueueAsync(Machine machine, Machine peer, ReplicaId id)
    {
        if ((await machine.Replica.OfflineQueue.MeasureAsync()).Operations > 0) return;
        foreach (var lane in Ground.Lanes) Assert.True(peer.Replica.VectorOf(lane)[id] >= machine.Replica.VectorOf(lane)[id], "something left the queue, and the peer lacks it");
    }

    /// <summary>What a commit has added: all of it where it was acknowledged, nothing where it was refused, and either where the process ended.</summary>
    private static async Task<int> LateAsync(Machine machine, Ending? commit, int stock, string name)
    {
        var isThere = ((await machine.Replica.GetAsync<Person>(7))?.Stock ?? 0) / stock % 10 == 1;
        Assert.Equal(isThere, await machine.Replica.GetAsync<Place>(name) is not null);
        if (commit is not { HasCrashed: true }) Assert.Equal(commit is { IsSuccess: true }, isThere);
        return isThere ? stock : 0;
    }

    private static async Task RequireSyncAsync(Machine one, Machine other)
    {
        var (here, there) = InMemoryTransport.CreatePair();
        Assert.All(await Task.WhenAll(one.SyncAsync(there), other.SyncAsync(here)), ending => Assert.Equal(default, ending));
    }

    private static async Task RequireEqualAsync(Machine one, Machine other)
    {
        foreach (var lane in Ground.Lanes)
        {
            Assert.Equal(one.Replica.VectorOf(lane), other.Replica.VectorOf(lane));
            var (mine, theirs) = (await one.Replica.GetMerkleTreeAsync(lane), await other.Replica.GetMerkleTreeAsync(lane));
            Assert.Equal((mine.Root, mine.Count), (theirs.Root, theirs.Count));
        }
    }

    private async Task RequireContentAsync(Machine machine, int stock)
    {
        var replica = machine.Replica;
        Assert.Equal(stock, (await replica.GetAsync<Person>(7))!.Stock);
        Assert.Equal(ground.IsFull ? -5 : -7, (await replica.GetAsync<Person>(6))!.Stock);
        Assert.Null(await replica.GetAsync<Person>(2));
        Assert.Equal(ground.IsFull, await replica.GetAsync<Person>(3) is not null);
        Assert.Equal("office", (await replica.GetAsync<Person>(4))!.Email);
        Assert.Equal(ground.IsFull ? "5@x.org" : "laptop", (await replica.GetAsync<Person>(5))!.Email);
        Assert.NotNull(await replica.GetAsync<Person>(1_000));
        Assert.Equal(!ground.IsFull, await replica.GetAsync<Person>(1_001) is not null);
        Assert.Null(await replica.GetAsync<Place>("gone"));
        Assert.Equal(5, (await replica.GetAsync<Place>("there"))!.Height);
        Assert.Equal(!ground.IsFull, await replica.GetAsync<Place>("new") is not null);
        Assert.Equal(Ground.People + ground.LargeRows, (await replica.CountAsync())["Person"]);
    }
}
