using Crdt.Clocks;
using Crdt.Sync;
using Crdt.Sync.Storage;

namespace Crdt.Tests.Simulation.Worlds;

/// <summary>One replica with its disk and its clock, whether it runs at the moment or not.</summary>
internal sealed class Peer(World world, int number, bool isThere)
{
    private WriteFault _fault;
    private int _writesUntilFault;
    private readonly Dictionary<string, VersionVector> _everHeld = [];

    public int Number => number;

    public string Name { get; } = $"r{number}";

    public InMemoryDisk Disk { get; } = new();

    public SimulatedClock Clock { get; } = new(world);

    /// <summary>Whether it was ever begun.</summary>
    public bool IsThere { get; set; } = isThere;

    /// <summary>The replica; null while it is down.</summary>
    public GraphReplica? Replica { get; set; }

    public SimulatedStore? Store { get; set; }

    /// <summary>The transaction that stays open over several steps.</summary>
    public Writing? Held { get; set; }

    /// <summary>What the transaction does that is being committed; null while none is.</summary>
    public IReadOnlyList<Effect>? Committing { get; set; }

    /// <summary>The identity that it writes under in place of the one that its disk was copied with.</summary>
    public ReplicaId? Incarnation { get; set; }

    /// <summary>Whether it was declared offline, durably; null where nobody can know.</summary>
    public bool? IsOffline { get; set; } = false;

    /// <summary>Whether its log was cut of something, which no queue counts any more.</summary>
    public bool WasCut { get; set; }

    /// <summary>
    /// Whether a way lost, doubled or moved frames of a session of its: a frame that is lost and another one that is doubled make as many confirmations as were due.
    /// </summary>
    public bool WasMisled { get; set; }

    /// <summary>What it has shown to be durable, which it must never fall behind.</summary>
    public Durable Seen { get; set; } = new();

    /// <summary>Whether it has committed something in this step.</summary>
    public bool IsChanged { get; set; }

    /// <summary>A copy of its disk, with the number of events that were committed anywhere by then.</summary>
    public (InMemoryDisk Disk, int Events)? Copy { get; set; }

    /// <summary>Counts the times that it went down, so that a session knows that it is of an earlier life.</summary>
    public int Life { get; private set; }

    /// <summary>Whether a write was refused in this life, or it was closed in order: sessions fail of that by right.</summary>
    public bool WasHindered { get; set; }

    /// <summary>How much of an origin it has ever had durably, whatever became of its disk since.</summary>
    public ulong HasEverHeld(string lane, ReplicaId origin) => _everHeld.TryGetValue(lane, out var held) ? held[origin] : 0;

    /// <summary>Takes note of what is durable.</summary>
    public void Hold(IReadOnlyDictionary<string, VersionVector> vectors)
    {
        foreach (var (lane, vector) in vectors)
        {
            if (!_everHeld.TryGetValue(lane, out var held)) _everHeld.Add(lane, held = new());
            foreach (var (origin, counter) in vector.Entries) held.Advance(origin, counter);
        }
    }

    public void Arm(WriteFault fault, int writes) => (_fault, _writesUntilFault) = (fault, writes);

    public WriteFault NextWrite()
    {
        if (_fault == WriteFault.None || --_writesUntilFault > 0) return WriteFault.None;
        var fault = _fault;
        _fault = WriteFault.None;
        return fault;
    }

    /// <summary>Closes the replica in order. Its sessions are told so when they go on.</summary>
    public async Task CloseAsync()
    {
        if (Held is { } held) await held.AbandonAsync();
        WasHindered = true;
        await Replica!.DisposeAsync();
        (Replica, Store, Held) = (null, null, null);
    }

    /// <summary>Ends its process. Whatever ran in it never goes on.</summary>
    public void Crash()
    {
        Disk.Crash();
        if (Store?.Remains is { } remains) Disk.Restore(remains);
        (Replica, Store, Held, Committing) = (null, null, null, null);
        WasHindered = false;
        Life++;
    }
}
