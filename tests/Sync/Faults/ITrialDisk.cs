using Crdt.Storage;

namespace Crdt.Tests.Sync.Faults;

/// <summary>What outlives the process of a machine.</summary>
internal interface ITrialDisk
{
    /// <summary>Whether a store has it open.</summary>
    bool IsOpen { get; }

    /// <summary>Another one with what is durable here. Nobody has this one open.</summary>
    ITrialDisk Copy();

    /// <summary>A store on it, not opened yet.</summary>
    IReplicaStore NewStore();

    /// <summary>Notes what is durable before a write, so that <see cref="CrashAmid"/> can end in the middle of it.</summary>
    void BeginWrite();

    /// <summary>Ends the process of whoever has it open.</summary>
    void Crash();

    /// <summary>Ends it when half of what was written since <see cref="BeginWrite"/> is there.</summary>
    void CrashAmid();
}
