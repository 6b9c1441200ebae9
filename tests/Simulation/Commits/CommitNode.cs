using Crdt.Clocks;
using Crdt.Sync.Commit;
using Crdt.Sync.Distributed;
using Crdt.Sync.Storage;
using Crdt.Sync.Truth;
using Crdt.Tests.Simulation.Model;
using Crdt.Tests.Simulation.Worlds;

namespace Crdt.Tests.Simulation.Commits;

/// <summary>One replica: its disk, and, while its process runs, what is in memory.</summary>
/// <param name="world">Where it is.</param>
/// <param name="number">Which of the replicas.</param>
internal sealed class CommitNode(CommitWorld world, int number)
{
    private WriteFault _nextWrite;

    public int Number { get; } = number;

    public ReplicaId Id { get; } = new((UInt128)(ulong)(number + 1) << 100);

    public InMemoryDisk Disk { get; } = new();

    public ReplicaTruth? Truth { get; private set; }

    public CommitSite? Site { get; private set; }

    public bool IsUp => Site is not null;

    /// <summary>Starts the process. A fault while it opens ends it again.</summary>
    public async ValueTask StartAsync()
    {
        if (IsUp) return;
        var options = new GraphReplicaOptions { Store = () => new CommitStore(this, world.Mistake), Time = world.Clock };
        var truth = await ReplicaTruth.OpenAsync($"node {Number}", SimulationSchema.Instance, options, CancellationToken.None);
        Truth = truth;
        var ports = new CommitPorts((to, message) =>
        {
            // What a process that is gone still sends is nobody's.
            if (Truth == truth) world.Network.Send(Id, to, message);
            return ValueTask.CompletedTask;
        })
        {
            HasOwnTime = true,
            Finished = finish => world.Ended(finish),
            LackAsync = (_, lane) => world.LackAsync(this, lane),
        };
        var site = await CommitSite.OpenAsync(truth, ports, options.Commit, CancellationToken.None);
        if (Truth == truth) Site = site;
        if (world.Mistake == CommitMistake.IgnoresReservations) truth.HolderOf = static _ => null;
    }

    /// <summary>Ends the process at once; what is durable stays.</summary>
    public void Crash()
    {
        Disk.Crash();
        (Truth, Site, _nextWrite) = (null, null, WriteFault.None);
        world.Tally("crash");
    }

    /// <summary>Ends the process in the middle of something, to which nobody returns.</summary>
    public Task DieAsync()
    {
        Crash();
        return new TaskCompletionSource().Task;
    }

    /// <summary>Lets the next write fail.</summary>
    public void Hinder(WriteFault fault) => _nextWrite = fault;

    public WriteFault NextWrite()
    {
        var fault = _nextWrite;
        _nextWrite = WriteFault.None;
        if (fault != WriteFault.None) world.Tally($"write {fault}");
        return fault;
    }
}
