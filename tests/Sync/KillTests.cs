using System.Diagnostics;
using Crdt.Kuzu;
using Crdt.Projection;
using Crdt.Sqlite;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>What the program in tests/KillTarget finds: <c>bash eng/kill-test 1000</c> looks longer.</summary>
public sealed class KillTests : IAsyncDisposable
{
    private const int Times = 20;

    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_killed_process_loses_no_commit_and_its_graph_database_shows_the_truth() =>
        Assert.Matches($"^seed [0-9]+, kills {Times}, commits [0-9]+, missing 0, rebuilt [0-9]+, differences 0, not opened 0$", await RunAsync("kill"));

    [Fact]
    public async Task A_damaged_graph_database_is_opened_or_made_anew_and_shows_the_truth() =>
        Assert.Matches($"^seed [0-9]+, damages {Times}, rebuilt [0-9]+, engine died [0-9]+, differences 0, not opened 0$", await RunAsync("damage"));

    [Fact]
    public async Task A_second_replica_is_told_which_process_has_the_files_open()
    {
        using var writer = Start("write", _scene.FolderOf("writer"));
        try
        {
            Assert.Equal("open", await writer.StandardOutput.ReadLineAsync());
            var database = Path.Combine(_scene.FolderOf("writer"), "graph.kuzu");
            var refused = await Assert.ThrowsAsync<ProjectionException>(() => OpenAsync(options => options.UseSqlite().UseKuzu(database)));
            Assert.Contains($"'{database}' is open in another replica, in process {writer.Id} (dotnet)", refused.Message);
            var store = Path.Combine(_scene.FolderOf("writer"), "replica.db");
            Assert.Contains($"(pid {writer.Id})", (await Assert.ThrowsAsync<StoreException>(() => OpenAsync(options => options.UseSqlite(store)))).Message);
        }
        finally
        {
            writer.Kill();
            await writer.WaitForExitAsync();
        }
    }

    [Fact]
    public async Task A_second_replica_of_one_process_is_refused_and_the_first_goes_on()
    {
        var first = await _scene.OpenAsync("first", kuzu: true);
        var database = Path.Combine(_scene.FolderOf("first"), "graph.kuzu");
        var refused = await Assert.ThrowsAsync<ProjectionException>(() => OpenAsync(options => options.UseSqlite().UseKuzu(database)));
        Assert.Contains("is open in another replica of this process: close it there first", refused.Message);
        await first.EditAsync(tx => tx.Add<Person>(1));
        Assert.True((await first.VerifyAsync()).IsClean);
        await _scene.CloseAsync(first);
        await (await OpenAsync(options => options.UseSqlite().UseKuzu(database))).DisposeAsync();
    }

    private Task<GraphReplica> OpenAsync(Action<GraphReplicaOptions> configure) => GraphReplica.OpenAsync("second", TestSchema.Instance, options =>
    {
        options.Folder = _scene.FolderOf("second");
        configure(options);
    });

    /// <summary>Runs the program to its end, and gives its last line.</summary>
    private static async Task<string> RunAsync(string verb)
    {
        using var program = Start(verb, Times.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var output = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        Assert.True(program.ExitCode == 0, output);
        return output.TrimEnd().Split('\n')[^1];
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true };
        foreach (var argument in arguments.Prepend(Path.Combine(AppContext.BaseDirectory, "Crdt.Tests.KillTarget.dll"))) start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
