using System.Globalization;
using Crdt.Kuzu;
using Crdt.Sqlite;
using Crdt.Sync;
using Crdt.Sync.Gossip;
using Crdt.Tests.NetworkReplica;

// A replica that stays connected to a hub and edits at random, until it is told to stop or killed: name, folder, address, token, seed, pause in ms between edits.
// It writes a line for each commit that was acknowledged, and answers 'roots', 'dump' and 'stop' on standard input.
var (name, folder, address, token) = (args[0], args[1], new Uri(args[2]), args[3]);
var (seed, pause) = (int.Parse(args[4], CultureInfo.InvariantCulture), int.Parse(args[5], CultureInfo.InvariantCulture));

await using var replica = await GraphReplica.OpenAsync(name, TownSchema.Instance, options =>
{
    options.Folder = folder;
    options.UseSqlite().UseKuzu();
});
Console.WriteLine("open");
using var end = new CancellationTokenSource();
var peers = new WebSocketPeers([new("hub", address)], new() { Token = (_, _) => new(token) });
var gossip = new GossipOptions { Interval = TimeSpan.FromMilliseconds(100), MaxBackoff = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(5), Contacts = new Contacts() };
var staying = replica.KeepConnectedAsync(peers, gossip, end.Token);
using var editing = new CancellationTokenSource();
var edits = new Edits(replica, name, seed).RunAsync(TimeSpan.FromMilliseconds(pause), editing.Token);
while (await Console.In.ReadLineAsync() is { } command)
{
    switch (command)
    {
        case "stop":
            await editing.CancelAsync();
            await edits;
            Console.WriteLine("stopped");
            break;
        case "roots":
            Console.WriteLine($"roots {(await replica.GetMerkleTreeAsync()).Root:x32}");
            break;
        case "dump":
            await foreach (var line in Dump.ReadAsync(replica)) Console.WriteLine($"row {line}");
            Console.WriteLine("end");
            break;
        default:
            Console.WriteLine($"there is no command {command}");
            break;
    }
}

await end.CancelAsync();
await staying.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
