using Crdt.Clocks;
using Crdt.Signing;
using Crdt.Sync;
using Crdt.Sync.Compression;
using Crdt.Testing.Histories;
using Crdt.Tests.Simulation.Model;
using Crdt.Tests.Simulation.Schedules;
using Crdt.Tests.Simulation.Verdicts;

namespace Crdt.Tests.Simulation.Worlds;

/// <summary>
/// Replicas with their disks, their clocks and what lies between them, on one thread. The replicas are the real ones; nothing else decides what
/// happens next but the schedule.
/// </summary>
internal sealed partial class World
{
    private static readonly TimeSpan AheadOfTime = TimeSpan.FromMinutes(1);

    private readonly Schedule _schedule;
    private readonly Dice _dice;
    private readonly Peer[] _peers;
    private readonly Dictionary<ReplicaId, ReplicaIdentity> _keys = [];
    private int _names;

    public World(Schedule schedule, Trace trace)
    {
        (_schedule, Trace, _dice) = (schedule, trace, new Dice(schedule.Seed ^ 0x5EED));
        _peers = [.. Enumerable.Range(0, schedule.Options.Replicas).Select(number => new Peer(this, number, isThere: number < 2 || _dice.OneIn(2)))];
        SliceBytes = _dice.Pick(150, 600, 4000);
        QueueCapacity = 1 + (int)(schedule.Seed % 4);
    }

    public Options Options => _schedule.Options;

    public Trace Trace { get; }

    public Tally Tally { get; } = new();

    public Reckoning Reckoning { get; } = new();

    public IReadOnlyList<Peer> Peers => _peers;

    /// <summary>The right time.</summary>
    public DateTimeOffset Now { get; private set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>How many bytes of events a store gives at a time.</summary>
    public int SliceBytes { get; }

    /// <summary>How many operations of a replica may wait while it is declared offline.</summary>
    public int QueueCapacity { get; }

    /// <summary>The keys of all tickets that anybody created.</summary>
    public List<long> Tickets { get; } = [];

    /// <summary>Runs the schedule to its end, and holds what came out against what should.</summary>
    /// <exception cref="SimulationException">Something is as it must not be.</exception>
    public void Run()
    {
        // A continuation goes on where its task is completed only as long as nobody says otherwise.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            foreach (var peer in _peers.Where(peer => peer.IsThere)) Start(peer);
            for (var i = 0; i < _schedule.Steps.Count; i++) Execute(i, _schedule.Steps[i]);
            ComeToRest();
            Verdict.Check(this);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>An id that nothing else has, with its key where replicas sign.</summary>
    public ReplicaId NextId()
    {
        var drawn = new UInt128(_dice.Next(), _dice.Next());
        if (!Options.Signs) return new(drawn);
        var identity = SeededKey.Of(drawn);
        _keys.Add(identity.Id, identity);
        return identity.Id;
    }

    /// <summary>The key of an id; none where replicas don't sign.</summary>
    public ReadOnlyMemory<byte> KeyOf(ReplicaId id) => _keys.GetValueOrDefault(id).PrivateKey;

    /// <summary>A name that nothing else has.</summary>
    public string NextName() => $"n{++_names}";

    public long NextTicket()
    {
        Tickets.Add(Tickets.Count + 1);
        return Tickets.Count;
    }

    public void Injected(WriteFault fault, Peer peer)
    {
        Tally.Fault($"{fault}");
        if (Trace.IsRead) Trace.Say($"      {peer.Name}: {fault}");
    }

    /// <summary>Ends the process of a peer; those who talk with it notice sooner or later.</summary>
    public void Crash(Peer peer)
    {
        peer.Crash();
        Abandon(peer, closes: true);
    }

    /// <summary>Begins or goes on with the replica of a peer, unless it runs.</summary>
    /// <returns>Whether it runs now.</returns>
    private bool Start(Peer peer)
    {
        if (peer.Replica is not null) return true;
        peer.IsThere = true;
        // Half of the machines ask for the time when they are started anew.
        if ((peer.Life + Tally.Steps) % 2 == 0 && peer.Clock.Lead > AheadOfTime) peer.Clock.Set(TimeSpan.Zero);
        var store = peer.Store = new SimulatedStore(this, peer);
        var life = peer.Life;
        var opening = GraphReplica.OpenAsync(peer.Name, SimulationSchema.Instance, options =>
        {
            (options.Store, options.Time, options.NextIncarnation) = (() => store, peer.Clock, NextId);
            options.Codecs = Options.IsPlain ? new byte[] { PlainCompressor.WireId } : null;
            (options.SignsEvents, options.NextKey) = (Options.Signs, () => _keys[NextId()]);
            (options.OfflineQueueCapacity, options.WhenOfflineQueueIsFull) = (QueueCapacity, _schedule.Seed % 3 == 0 ? OfflineQueueFull.Wait : OfflineQueueFull.Refuse);
        });
        if (!Finish(opening, peer, life)) return false;
        peer.Replica = opening.GetAwaiter().GetResult();
        RequireDeclared(peer);
        return true;
    }

    /// <summary>Demands that what was begun has ended, because nothing here has to be waited for.</summary>
    /// <returns>Whether it succeeded; it did not where the disk was full, or where the replica died of it.</returns>
    private static bool Finish(Task work, Peer peer, int life)
    {
        if (work.IsCompletedSuccessfully) return true;
        if (!work.IsCompleted) return peer.Life != life ? false : throw new SimulationException($"{peer.Name} works on another thread, or waits for something that doesn't come");
        if (work.Exception!.InnerException is Storage.StoreException && peer.WasHindered) return false;
        throw new SimulationException($"{peer.Name} failed: {work.Exception.InnerException}");
    }
}
