using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Crdt.Tests.Network;

/// <summary>A hub of the crdt tool and replicas, each a process, each replica with a faulty way of its own to the hub.</summary>
internal sealed class Town : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crdt-town-").FullName;
    private readonly int _port = FreePort();
    private readonly int _pause;
    private readonly Dictionary<string, string> _tokens = [];
    private readonly Dictionary<string, int> _starts = [];
    private PlayedProcess? _hub;

    public Town(int pause) => _pause = pause;

    public Dictionary<string, FaultyProxy> Ways { get; } = [];

    public Dictionary<string, PlayedProcess> Replicas { get; } = [];

    /// <summary>The entries of commits that were acknowledged.</summary>
    public ConcurrentQueue<string> Acknowledged { get; } = new();

    /// <summary>Why connections failed, to be seen where something is wrong.</summary>
    public ConcurrentQueue<string> Contacts { get; } = new();

    public int Kills { get; private set; }

    public async Task StartAsync(params string[] names)
    {
        await ToolAsync("init", "town", "-r", HubFolder);
        await StartHubAsync();
        using var http = new HttpClient();
        foreach (var name in names)
        {
            var code = (await ToolAsync("enroll", name, "-r", HubFolder))["code"]!.GetValue<string>();
            using var answer = await http.PostAsJsonAsync($"http://127.0.0.1:{_port}/sync/enroll", new { code });
            _tokens[name] = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["token"]!.GetValue<string>();
            Ways[name] = new FaultyProxy(_port);
            await StartReplicaAsync(name);
        }
    }

    public async Task KillAndRestartAsync(string? replica, TimeSpan between)
    {
        Kills++;
        await (replica is null ? _hub! : Replicas[replica]).KillAsync();
        await Task.Delay(between);
        await (replica is null ? StartHubAsync() : StartReplicaAsync(replica));
    }

    /// <summary>Ends all edits, and waits until all replicas hold the same.</summary>
    public async Task SettleAsync(TimeSpan longest)
    {
        foreach (var replica in Replicas.Values) replica.Say("stop");
        foreach (var replica in Replicas.Values) await replica.AwaitAsync("stopped");
        var roots = new List<string>();
        for (var waited = TimeSpan.Zero; waited < longest; waited += TimeSpan.FromMilliseconds(200))
        {
            roots.Clear();
            foreach (var replica in Replicas.Values) replica.Say("roots");
            foreach (var replica in Replicas.Values) roots.Add(await replica.AwaitAsync("roots"));
            if (roots.Distinct().Count() == 1) return;
            await Task.Delay(200);
        }

        Assert.Fail($"The replicas did not come to agree within {longest}: {string.Join(' ', roots)}\n{string.Join('\n', Contacts.TakeLast(10))}");
    }

    /// <summary>What a replica shows in Cypher, in order.</summary>
    public async Task<List<string>> DumpAsync(string replica)
    {
        Replicas[replica].Say("dump");
        var rows = new List<string>();
        for (var line = await Replicas[replica].NextAsync(); line != "end"; line = await Replicas[replica].NextAsync()) rows.Add(line["row ".Length..]);
        return rows;
    }

    /// <summary>Ends the hub, and gives what it shows in Cypher.</summary>
    public async Task<List<string>> DumpHubAsync(IEnumerable<string> queries)
    {
        await _hub!.EndAsync();
        var rows = new List<string>();
        foreach (var query in queries)
        {
            var result = await ToolAsync("cypher", query, "-r", HubFolder);
            rows.AddRange(result["results"]![0]!["rows"]!.AsArray().Select(row => string.Join('|', row!.AsArray().Select(value => value?.GetValue<string>() ?? "null"))));
        }

        return rows;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in Replicas.Values) replica.Dispose();
        _hub?.Dispose();
        foreach (var way in Ways.Values) await way.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string HubFolder => Path.Combine(_folder, "hub");

    private async Task StartHubAsync()
    {
        _hub?.Dispose();
        _hub = new("crdt", ["serve", HubFolder, "--url", $"http://127.0.0.1:{_port}", "--json"], line => !line.Contains("\"listening\"", StringComparison.Ordinal));
        await _hub.AwaitAsync("{");
    }

    private async Task StartReplicaAsync(string name)
    {
        if (Replicas.TryGetValue(name, out var before)) before.Dispose();
        var seed = (_starts[name] = _starts.GetValueOrDefault(name) + 1) + (1000 * _tokens.Count);
        Replicas[name] = new(
            "Crdt.Tests.NetworkReplica",
            [name, Path.Combine(_folder, name), $"ws://127.0.0.1:{Ways[name].Port}/sync", _tokens[name], seed.ToString(CultureInfo.InvariantCulture), _pause.ToString(CultureInfo.InvariantCulture)],
            Take);
        await Replicas[name].AwaitAsync("open");
    }

    private bool Take(string line)
    {
        if (line.StartsWith("done ", StringComparison.Ordinal)) Acknowledged.Enqueue(line["done ".Length..]);
        else if (line.StartsWith("contact ", StringComparison.Ordinal)) Contacts.Enqueue(line);
        else return false;
        return true;
    }

    private static async Task<JsonNode> ToolAsync(params string[] arguments)
    {
        var output = new ConcurrentQueue<string>();
        using var tool = new PlayedProcess("crdt", [.. arguments, "--json"], line =>
        {
            output.Enqueue(line);
            return true;
        });
        await tool.WaitAsync();
        return JsonNode.Parse(string.Join('\n', output))!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
