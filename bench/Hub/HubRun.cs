using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Crdt.AspNetCore.Authentication;
using Crdt.Clocks;
using Crdt.Sync;
using Crdt.Sync.Gossip;
using Crdt.Sync.Lanes;
using Crdt.Sync.Storage;

namespace Crdt.Bench.Hub;

/// <summary>
/// One hub, in a process of its own with a SQLite store, and many replicas that stay connected to it, all in another process with their stores in memory. Both share the machine's processors, so the figures are
/// for both together.
/// </summary>
internal sealed class HubRun(TextWriter output, int count) : IAsyncDisposable
{
    private const int Writers = 20, EveryWatched = 50;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);
    private readonly string _folder = Directory.CreateTempSubdirectory("crdt-bench-hub-").FullName;
    private readonly CancellationTokenSource _end = new();
    private readonly List<GraphReplica> _replicas = [];
    private readonly List<Task> _staying = [];
    private readonly ConcurrentDictionary<(ReplicaId Origin, ulong Last), long> _committed = [];
    private readonly ConcurrentQueue<double> _latencies = new();
    private Process? _hub;
    private int _sessions;

    public static async Task PrintAsync(TextWriter output, int count)
    {
        await using var run = new HubRun(output, count);
        await run.RunAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var staying in _staying) await staying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _hub?.Kill();
        foreach (var replica in _replicas) await replica.DisposeAsync();
        _hub?.WaitForExit();
        _hub?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task RunAsync()
    {
        var tokens = Enroll();
        _hub = Process.Start(new ProcessStartInfo("dotnet", [typeof(HubRun).Assembly.Location, "hub-process", _folder]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var address = new UriBuilder(new Uri((await _hub.StandardOutput.ReadLineAsync())!)) { Scheme = "ws", Path = "/sync" }.Uri;
        var (before, _, _) = await MemoryAsync();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++) await ConnectAsync(i, address, tokens[i]);
        while (Volatile.Read(ref _sessions) < count) await Task.Delay(10);
        var connected = Stopwatch.GetElapsedTime(start);
        var (after, resident, _) = await MemoryAsync();
        await output.WriteLineAsync(FormattableString.Invariant($"{count} replicas connected in {connected.TotalSeconds:0.0} s; at the hub {(after - before) / 1024.0 / count:0.0} KiB of managed heap for each, {resident / 1048576.0:0} MiB resident in all"));
        await output.WriteLineAsync($"{"commits a second",18}{"commits",9}{"deliveries a second",21}{"p50 ms",9}{"p99 ms",9}{"all equal after, s",20}{"hub's processor",17}");
        foreach (var rate in new[] { 1, 10, 20, 50, 100, 200 }) await MeasureAsync(rate);
    }

    private List<string> Enroll()
    {
        var register = new PeerRegister(Path.Combine(_folder, "peers.json"));
        return [.. Enumerable.Range(0, count).Select(i => register.Enroll(register.Invite($"replica {i}", PeerAccess.Full))!.Token)];
    }

    private async Task ConnectAsync(int number, Uri address, string token)
    {
        var replica = await GraphReplica.OpenAsync($"replica {number}", WorkloadSchema.Instance, options => options.UseMemory());
        _replicas.Add(replica);
        IGossipPeers peers = new WebSocketPeers([new("hub", address)], new() { Token = (_, _) => new(token) });
        if (number % EveryWatched == 0) peers = new WatchedPeers(peers, transport => new WatchedTransport(transport, Note));
        _staying.Add(replica.KeepConnectedAsync(peers, new() { Contacts = new Counted(() => Interlocked.Increment(ref _sessions)) }, _end.Token));
    }

    private void Note(ReplicaId origin, ulong last)
    {
        if (_committed.TryGetValue((origin, last), out var at)) _latencies.Enqueue(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
    }

    private async Task MeasureAsync(int rate)
    {
        _latencies.Clear();
        var (random, commits) = (new Random(rate), Math.Max(10, Math.Min(rate * 5, 500)));
        var (_, _, worked) = await MemoryAsync();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < commits; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / rate) - Stopwatch.GetElapsedTime(start);
            if (due > TimeSpan.Zero) await Task.Delay(due);
            await CommitAsync(_replicas[random.Next(Writers) * count / Writers], random);
        }

        var last = Stopwatch.GetTimestamp();
        while (!AreEqual() && Stopwatch.GetElapsedTime(last) < Longest) await Task.Delay(5);
        var (all, drained) = (Stopwatch.GetElapsedTime(start), Stopwatch.GetElapsedTime(last));
        var (_, _, now) = await MemoryAsync();
        var times = _latencies.Order().ToList();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{rate,18}{commits,9}{commits * (count - 1) / all.TotalSeconds,21:N0}{At(times, 0.5),9:0.0}{At(times, 0.99),9:0.0}{drained.TotalSeconds,20:0.00}{(now - worked) / all.TotalMilliseconds,16:P0}"));
        foreach (var replica in _replicas) await replica.CutLogAsync(0); // which is not what is measured, and would take the memory
    }

    private async Task CommitAsync(GraphReplica replica, Random random)
    {
        await using var transaction = await replica.BeginAsync();
        var id = random.Next(1000);
        var person = await transaction.GetAsync<Person>(id) ?? transaction.Add<Person>(id);
        (person.Name, person.Stock) = ($"name {random.Next(1000)}", person.Stock + 1);
        var at = Stopwatch.GetTimestamp();
        try
        {
            await transaction.CommitAsync();
        }
        catch (EntityExistsException)
        {
            return; // It came from elsewhere between the look and the commit.
        }

        _committed[(replica.Id, replica.VectorOf()[replica.Id])] = at;
    }

    private bool AreEqual()
    {
        var all = _replicas[0].VectorOf();
        foreach (var replica in _replicas) all.UnionWith(replica.VectorOf());
        return _replicas.All(replica => replica.VectorOf().Covers(all));
    }

    private async Task<(long Managed, long Resident, long Processor)> MemoryAsync()
    {
        await _hub!.StandardInput.WriteLineAsync();
        var numbers = (await _hub.StandardOutput.ReadLineAsync())!.Split(' ').Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        return (numbers[0], numbers[1], numbers[2]);
    }

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * share)];

    private sealed class Counted(Action count) : IProgress<GossipContact>
    {
        public void Report(GossipContact value)
        {
            if (value.Session is not null) count();
        }
    }
}
