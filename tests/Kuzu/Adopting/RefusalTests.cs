using System.Diagnostics;
using Crdt.Kuzu;
using Crdt.Kuzu.Adopting;
using Crdt.Projection;
using Crdt.Sqlite;
using Crdt.Sync;
using Crdt.Tests.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Adopting;

/// <summary>What can't be adopted is refused with what helps, and leaves everything as it was.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly Source _source = Source.Of("CREATE NODE TABLE A(id INT64, v STRING, PRIMARY KEY(id))", "UNWIND range(1, 4500) AS i CREATE (:A {id: i, v: 'x'})");

    public void Dispose() => _source.Dispose();

    [Fact]
    public async Task A_database_that_is_missing_or_a_folder()
    {
        await Assert.ThrowsAsync<AdoptionException>(() => KuzuAdoption.ReadAsync(_source.Database + ".not", "graph"));
        await Assert.ThrowsAsync<AdoptionException>(() => KuzuAdoption.ReadAsync(Path.GetDirectoryName(_source.Database)!, "graph"));
        Assert.False(File.Exists(_source.Database + ".not"));
    }

    [Fact]
    public async Task A_file_that_is_none_or_damaged_or_of_another_version()
    {
        foreach (var (at, said) in new[] { (0, "not a Kuzu database"), (4, "storage version") })
        {
            var bytes = await File.ReadAllBytesAsync(_source.Database);
            bytes[at] ^= 0x55;
            await File.WriteAllBytesAsync(_source.Database, bytes);
            Assert.Contains(said, await RefusedAsync(), StringComparison.Ordinal);
            bytes[at] ^= 0x55;
            await File.WriteAllBytesAsync(_source.Database, bytes);
        }

        await File.WriteAllBytesAsync(_source.Database, (await File.ReadAllBytesAsync(_source.Database))[..64]);
        Assert.Contains("damaged", await RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_in_use()
    {
        using (Crdt.Kuzu.Binding.KuzuDatabase.Open(_source.Database, ScratchFolder.Small)) Assert.Contains("already open in this process. Close", await RefusedAsync(), StringComparison.Ordinal);
        using var holder = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [LockHolder.Argument, _source.Database]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            Assert.Equal(LockHolder.Ready, await holder.StandardOutput.ReadLineAsync());
            Assert.Contains("open in another process. Close", await RefusedAsync(), StringComparison.Ordinal);
        }
        finally
        {
            holder.StandardInput.Close();
            await holder.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_log_that_was_left_behind_is_no_hindrance_and_stays()
    {
        using var left = new ScratchFolder();
        using (var database = left.Open(ScratchFolder.Small with { AutoCheckpoint = false }))
        {
            using var connection = database.Connect();
            connection.Execute("CREATE NODE TABLE A(id INT64, PRIMARY KEY(id))");
            connection.Execute("CREATE (:A {id: 7})");
            foreach (var ending in new[] { "", ".wal" }) File.Copy(left.Database + ending, left["copy.kuzu" + ending]);
        }

        var log = await File.ReadAllBytesAsync(left["copy.kuzu.wal"]);
        await using var adoption = await KuzuAdoption.AdoptAsync(left["copy.kuzu"], "left", "graph", _source.Configure("left"), ScratchFolder.Small);
        Assert.Equal(["7"], await adoption.Replica.TextsAsync("MATCH (a:A) RETURN a.id"));
        Assert.Equal(log, await File.ReadAllBytesAsync(left["copy.kuzu.wal"]));
    }

    [Fact]
    public async Task A_database_without_tables()
    {
        using var empty = Source.Of();
        Assert.Contains("no table to adopt", (await Assert.ThrowsAsync<AdoptionException>(() => empty.AdoptAsync())).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(empty.FolderOf("replica")));
    }

    [Fact]
    public async Task A_replica_that_is_not_new_stays_as_it_was()
    {
        using var other = Source.Of("CREATE NODE TABLE B(id INT64, PRIMARY KEY(id))", "CREATE (:B {id: 1})");
        await (await other.AdoptAsync()).DisposeAsync();
        var error = await Assert.ThrowsAsync<AdoptionException>(() => KuzuAdoption.AdoptAsync(_source.Database, "replica", "graph", other.Configure("replica"), ScratchFolder.Small));
        Assert.Contains("isn't new", error.Message, StringComparison.Ordinal);
        await using var replica = await GraphReplica.OpenAsync("replica", other.Configure("replica"));
        Assert.Equal(["1"], await replica.TextsAsync("MATCH (b:B) RETURN b.id"));
        Assert.Equal("B", Assert.Single(replica.Schema.Types).Name);
    }

    [Fact]
    public async Task The_database_itself_as_the_one_that_shows_the_replica()
    {
        var before = await File.ReadAllBytesAsync(_source.Database);
        var error = await Assert.ThrowsAsync<ProjectionException>(() => KuzuAdoption.AdoptAsync(
            _source.Database, "replica", "graph", options => options.UseSqlite(Path.Combine(_source.FolderOf("replica"), "replica.db")).UseKuzu(_source.Database, ScratchFolder.Small), ScratchFolder.Small));
        Assert.True(error.IsInUse, error.Message);
        Assert.Equal(before, await File.ReadAllBytesAsync(_source.Database));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(_source.Database)!, "graph.kuzu*"), file => !file.EndsWith(".lock", StringComparison.Ordinal));

        // Nothing was committed, so the store is as good as new.
        await using var adoption = await _source.AdoptAsync();
        Assert.Equal(["4500"], await adoption.Replica.TextsAsync("MATCH (a:A) RETURN count(*)"));
    }

    [Fact]
    public async Task A_dry_run_leaves_nothing_behind()
    {
        var before = Directory.GetFileSystemEntries(Path.GetDirectoryName(_source.Database)!);
        Assert.Equal("A", Assert.Single((await _source.ReadAsync()).Schema.Types).Name);
        Assert.Equal(before, Directory.GetFileSystemEntries(Path.GetDirectoryName(_source.Database)!));
    }

    [Fact]
    public async Task What_was_interrupted_is_said_and_adopted_again_once_it_is_deleted()
    {
        using var cancellation = new CancellationTokenSource();
        var seen = new Steps(step => cancellation.Cancel());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _source.AdoptAsync(progress: seen, cancellationToken: cancellation.Token));
        Assert.Contains("delete its files and adopt again", await RefusedAsync(), StringComparison.Ordinal);
        Directory.Delete(_source.FolderOf("replica"), recursive: true);

        var steps = new List<AdoptionProgress>();
        await using var adoption = await _source.AdoptAsync(progress: new Steps(steps.Add));
        Assert.Equal(["4500"], await adoption.Replica.TextsAsync("MATCH (a:A) RETURN count(*)"));
        Assert.Equal([new("A", 2000, 4500), new("A", 4000, 4500), new("A", 4500, 4500)], steps);
    }

    [Fact]
    public async Task A_failure_half_way_says_what_to_do()
    {
        var error = await Assert.ThrowsAsync<AdoptionException>(() => _source.AdoptAsync(progress: new Steps(_ => throw new IOException("The disk is full."))));
        Assert.Contains("stopped after 2000 rows: The disk is full. The replica 'replica' holds a part", error.Message, StringComparison.Ordinal);
        Assert.Contains("isn't new", await RefusedAsync(), StringComparison.Ordinal);
    }

    private async Task<string> RefusedAsync() => (await Assert.ThrowsAsync<AdoptionException>(() => _source.AdoptAsync())).Message;

    private sealed class Steps(Action<AdoptionProgress> report) : IProgress<AdoptionProgress>
    {
        public void Report(AdoptionProgress value) => report(value);
    }
}
