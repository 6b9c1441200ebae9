using Crdt.Sqlite;
using Crdt.Sqlite.Leases;
using Crdt.Storage;

namespace Crdt.Tests.Sync.Faults;

/// <summary>
/// A store's files, in a folder of their own. One process can't leave them as a kill does: its handles and its locks would stay. So the files are copied as
/// they are at that moment, and the machine goes on with the copy, whose lease is made to name it, as that of the files themselves would after a kill.
/// </summary>
/// <param name="root">The folder in which each disk, and each copy, gets one of its own.</param>
internal sealed class FileDisk(string root) : ITrialDisk
{
    private const string Log = "-wal", Label = ".lease", Owner = ".pid";

    private static int _folders;

    private string _path = NewPath(root);
    private SqliteStore? _store;
    private (byte[] File, byte[] Log, byte[] Lease) _before;

    public bool IsOpen => File.Exists(_path + Owner);

    public ITrialDisk Copy()
    {
        if (IsOpen) throw new InvalidOperationException("A store has it open.");
        var copy = new FileDisk(root);
        if (File.Exists(_path)) CopyFiles(_path, copy._path, File.ReadAllBytes(_path + Label));
        return copy;
    }

    public IReplicaStore NewStore() => _store = new(_path);

    public void BeginWrite() => _before = (File.ReadAllBytes(_path), File.ReadAllBytes(_path + Log), File.ReadAllBytes(_path + Label));

    public void Crash()
    {
        if (!IsOpen) return;
        var left = NewPath(root);
        CopyFiles(_path, left, File.ReadAllBytes(_path + Label));
        _ = _store!.DisposeAsync(); // It completes at once, and reaches only the files that nobody looks at any more.
        _path = left;
    }

    public void CrashAmid()
    {
        var (file, log) = (File.ReadAllBytes(_path), File.ReadAllBytes(_path + Log));
        Crash();
        // Once it has begun to go into the file, all of it is in the log.
        if (!file.AsSpan().SequenceEqual(_before.File)) return;
        File.WriteAllBytes(_path + Log, Torn(_before.Log, log));
        // The number of a commit is noted in the lease once it is durable.
        WriteLease(_path, _before.Lease);
    }

    private static byte[] Torn(byte[] before, byte[] after)
    {
        var from = before.AsSpan().CommonPrefixLength(after);
        var to = after.Length;
        while (to > from && to <= before.Length && before[to - 1] == after[to - 1]) to--;
        var middle = (from + to) / 2;
        return [.. after.AsSpan(0, middle), .. before.AsSpan(Math.Min(middle, before.Length))];
    }

    private static string NewPath(string root) => Path.Combine(Directory.CreateDirectory(Path.Combine(root, $"{Interlocked.Increment(ref _folders)}")).FullName, "replica.db");

    private static void CopyFiles(string from, string to, byte[] lease)
    {
        File.Copy(from, to);
        if (File.Exists(from + Log)) File.Copy(from + Log, to + Log);
        WriteLease(to, lease);
    }

    private static void WriteLease(string store, byte[] bytes)
    {
        using var file = File.Create(store + Label);
        var lease = Lease.Parse(bytes)! with { Self = FileMark.Of(store + Label).Identity, Store = FileMark.Of(store).Identity, Written = null };
        Span<byte> line = stackalloc byte[Lease.MaxSize];
        file.Write(line[..lease.Format(line)]);
    }
}
