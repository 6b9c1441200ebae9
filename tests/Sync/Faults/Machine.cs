using Crdt.Clocks;
using Crdt.Sync;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Faults;

/// <summary>A process with one replica, from its start to its end or its crash.</summary>
/// <param name="name">The replica's name.</param>
/// <param name="id">Its id.</param>
/// <param name="disk">Its disk, which outlives it.</param>
/// <param name="time">Its clock.</param>
/// <param name="plan">What goes wrong; null for nothing.</param>
internal sealed class Machine(string name, ReplicaId id, ITrialDisk disk, MovableTime time, FaultPlan? plan = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private GraphReplica? _replica;

    public ITrialDisk Disk => disk;

    public FaultPlan Plan { get; } = plan ?? new(disk);

    /// <summary>Whether its replica is open.</summary>
    public bool IsUp => _replica is not null && !Plan.HasCrashed;

    public GraphReplica Replica => IsUp ? _replica! : throw new InvalidOperationException($"'{name}' is down.");

    /// <summary>The lanes that are critical to it.</summary>
    public IReadOnlyCollection<string> CriticalLanes { get; init; } = [];

    /// <summary>How its last session went.</summary>
    public SyncMode? LastMode { get; private set; }

    public Task<Ending> OpenAsync() => DoAsync(async () => _replica = await GraphReplica.OpenAsync(name, TestSchema.Instance, options =>
    {
        options.Time = time;
        options.CriticalLanes = [.. CriticalLanes];
        options.Store = () => new FaultyStore(disk, id, Plan);
    }));

    /// <summary>One side of a session. The way is closed when it has ended, or the process has.</summary>
    public async Task<Ending> SyncAsync(ISyncTransport transport)
    {
        await using (transport) return await DoAsync(async () => LastMode = (await Replica.SyncAsync(transport)).Mode);
    }

    public async Task<Ending> CloseAsync()
    {
        if (!IsUp) return default;
        var ending = await DoAsync(() => _replica!.DisposeAsync().AsTask());
        _replica = null;
        return ending;
    }

    /// <summary>Waits until something has ended, or the process has.</summary>
    /// <exception cref="TimeoutException">It hangs.</exception>
    public async Task<Ending> DoAsync(Func<Task> work)
    {
        try
        {
            await (await Task.WhenAny(work(), Plan.Crash).WaitAsync(Patience));
            return new(Plan.HasCrashed, null);
        }
        catch (Exception error) when (error is not TimeoutException)
        {
            return new(Plan.HasCrashed, error);
        }
    }
}
