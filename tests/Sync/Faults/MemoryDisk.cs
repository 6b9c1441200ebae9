using Crdt.Storage;
using Crdt.Sync.Storage;

namespace Crdt.Tests.Sync.Faults;

/// <summary>A disk in memory, on which a write is whole or isn't there.</summary>
internal sealed class MemoryDisk : ITrialDisk
{
    private readonly InMemoryDisk _disk;

    public MemoryDisk()
        : this(new())
    {
    }

    private MemoryDisk(InMemoryDisk disk) => _disk = disk;

    public bool IsOpen => _disk.IsOpen;

    public ITrialDisk Copy() => new MemoryDisk(_disk.Copy());

    public IReplicaStore NewStore() => new InMemoryStore(_disk);

    public void BeginWrite()
    {
    }

    public void Crash() => _disk.Crash();

    public void CrashAmid() => throw new NotSupportedException("A write in memory has no middle.");
}
