using Crdt.Clocks;
using Crdt.Sync;
using Crdt.Sync.Frames;
using Crdt.Sync.Snapshots;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Faults;

/// <summary>Two disks of replicas that have written apart, to be copied for each trial.</summary>
/// <param name="way">How they are to be brought together.</param>
/// <param name="newDisk">Makes an empty disk.</param>
internal sealed class Ground(Way way, Func<ITrialDisk> newDisk)
{
    public const int People = 20;
    public static readonly string[] Lanes = ["main", "places"];

    private const int RowBytes = 64 * 1024;

    /// <summary>More than stay in memory, and more than go into one frame.</summary>
    private const int StagedRows = 17, FrameRows = 10;

    /// <summary>A replica forgets changes with every 256th commit; the trial's first makes number 255.</summary>
    private const long LastRevision = 254;

    private readonly ITrialDisk _office = newDisk(), _laptop = newDisk();

    public static readonly ReplicaId OfficeId = new((UInt128)1 << 96), LaptopId = new((UInt128)2 << 96);

    public Way Way => way;

    public MovableTime Time { get; } = new();

    /// <summary>Whether the laptop has nothing.</summary>
    public bool IsFull => way is Way.Full or Way.FullOfLargeRows;

    /// <summary>Whether the office's logs are cut before the session.</summary>
    public bool IsCut => way is Way.Reconciled or Way.Resumed or Way.Full or Way.FullOfLargeRows;

    public bool IsImport => way is Way.ImportOfStates or Way.ImportOfEvents;

    /// <summary>What the laptop knows, for a snapshot of what is new.</summary>
    public SyncPoint? Since { get; private set; }

    /// <summary>How many rows there are that are so large that they are staged.</summary>
    public int LargeRows => way switch
    {
        Way.Resumed => FrameRows,
        Way.FullOfLargeRows or Way.ImportOfStates => StagedRows,
        _ => 0,
    };

    private bool ForgetsChanges => way is Way.Incremental or Way.Reconciled;

    public static async Task<Ground> PrepareAsync(Way way, Func<ITrialDisk> newDisk)
    {
        var ground = new Ground(way, newDisk);
        await ground.PrepareAsync();
        return ground;
    }

    public Machine Office(FaultKind kind = default, int at = 0) => Start("office", OfficeId, _office.Copy(), kind, at);

    public Machine Laptop(FaultKind kind = default, int at = 0) => Start("laptop", LaptopId, _laptop.Copy(), kind, at);

    /// <summary>The same replica after a restart.</summary>
    public Machine Restart(Machine machine, bool isOffice) => Start(isOffice ? "office" : "laptop", isOffice ? OfficeId : LaptopId, machine.Disk);

    private Machine Start(string name, ReplicaId id, ITrialDisk disk, FaultKind kind = default, int at = 0) =>
        new(name, id, disk, Time, new(disk, kind, at)) { CriticalLanes = way == Way.CriticalFirst ? ["places"] : [] };

    private async Task PrepareAsync()
    {
        var (office, laptop) = (Start("office", OfficeId, _office), Start("laptop", LaptopId, _laptop));
        await office.OpenAsync();
        await laptop.OpenAsync();
        await office.Replica.EditAsync(tx =>
        {
            for (var id = 1; id <= People; id++) tx.Add<Person>(id).Email = $"{id}@x.org";
            foreach (var name in new[] { "there", "gone" }) tx.Add<Place>(name);
        });
        if (!IsFull)
        {
            await office.Replica.SyncAsync(laptop.Replica);
            await CommitUntilAsync(office, LastRevision - 25);
            await CommitUntilAsync(laptop, LastRevision - 25);
            await office.Replica.SyncAsync(laptop.Replica);
            Since = way == Way.ImportOfEvents ? await laptop.Replica.GetSyncPointAsync() : null;
            await WriteAsync(laptop.Replica);
            await CommitUntilAsync(laptop, LastRevision);
        }

        await WriteAsync(office);
        if (!IsFull) await CommitUntilAsync(office, LastRevision);
        if (way == Way.Resumed) await BreakOffAsync(office, laptop);
        foreach (var machine in new[] { office, laptop }) Assert.True((await machine.CloseAsync()).IsSuccess);
    }

    private async Task WriteAsync(Machine office)
    {
        await office.Replica.EditPersonAsync(2, person => person.Delete());
        await office.Replica.EditPersonAsync(4, person => person.Email = "office");
        await office.Replica.EditPersonAsync(6, person => person.Stock -= 5);
        await office.Replica.EditAsync(async tx =>
        {
            tx.Add<Person>(1_000).Email = "new";
            (await tx.GetAsync<Place>("gone"))!.Delete();
            (await tx.GetAsync<Place>("there"))!.Height = 5;
        });
        if (LargeRows == 0) return;
        await office.Replica.EditAsync(tx =>
        {
            for (var id = 101; id <= 100 + LargeRows; id++) tx.Add<Person>(id).Email = new('x', RowBytes);
        });
    }

    private static async Task WriteAsync(GraphReplica laptop)
    {
        await laptop.EditPersonAsync(3, person => person.Delete());
        await laptop.EditPersonAsync(5, person => person.Email = "laptop");
        await laptop.EditPersonAsync(6, person => person.Stock -= 2);
        await laptop.EditAsync(tx =>
        {
            tx.Add<Person>(1_001).Email = "new";
            tx.Add<Place>("new");
        });
    }

    private async Task CommitUntilAsync(Machine machine, long revision)
    {
        while (ForgetsChanges && machine.Plan.Revision < revision) await machine.Replica.EditPersonAsync(20, person => person.Age++);
    }

    /// <summary>A session of which the laptop gets some rows and not all.</summary>
    private static async Task BreakOffAsync(Machine office, Machine laptop)
    {
        foreach (var lane in Lanes) await office.Replica.CutLogAsync(keep: 0, lane);
        var (here, there) = InMemoryTransport.CreatePair();
        var hooked = new HookedTransport(there, (_, frame) => Frame.Decode(frame) is Frame.Rows { Lane: "main", IsLast: true } ? throw new IOException("cut") : Task.CompletedTask);
        var endings = await Task.WhenAll(office.SyncAsync(hooked), laptop.SyncAsync(here));
        Assert.All(endings, ending => Assert.NotNull(ending.Error));
        Assert.Contains("Stage", laptop.Plan.Writes);
    }
}
