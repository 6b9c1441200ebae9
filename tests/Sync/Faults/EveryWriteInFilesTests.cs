using Crdt.Sync.Sessions;

namespace Crdt.Tests.Sync.Faults;

/// <summary>A crash and an error at every write of a store in files: see <see cref="EveryCall"/>.</summary>
public sealed class EveryWriteInFilesTests(ITestOutputHelper output)
{
    private static readonly FaultKind[] Kinds = [FaultKind.WriteRefused, FaultKind.CrashBefore, FaultKind.CrashAmid, FaultKind.CrashAfter];

    // A killed process takes nothing along that it had not flushed, so a folder in memory does as well, and waits for no disk.
    private static readonly string Root = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    [Theory]
    [MemberData(nameof(StruckWrites.OfWays), MemberType = typeof(StruckWrites))]
    public async Task Replicas_in_files_are_equal_after_a_fault_at_any_write(Way way, SyncMode? mode, string writes)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, $"crdt-faults-{Guid.NewGuid():n}")).FullName;
        try
        {
            var calls = new EveryCall(way, await Ground.PrepareAsync(way, () => new FileDisk(folder)));
            Assert.Equal(mode, await calls.StrikeAllAsync(Kinds));
            output.WriteLine($"{calls}");
            // Each write meets each kind once.
            Assert.Equal(Kinds, calls.Faults.Keys);
            Assert.Single(calls.Faults.Values.Distinct());
            Assert.Superset(writes.Split(' ').ToHashSet(), calls.Struck.ToHashSet());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
