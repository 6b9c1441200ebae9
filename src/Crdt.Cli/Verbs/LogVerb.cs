using System.CommandLine;
using System.Text.Json.Nodes;
using Crdt.Cli.Output;
using Crdt.Schema;
using Crdt.Sync;
using Crdt.Sync.Events;
using Spectre.Console;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt log</c>: the commits in the log, of all replicas, in a causal order.</summary>
internal static class LogVerb
{
    private static readonly Option<string> Lane = new("--lane") { Description = "The lane.", HelpName = "lane", DefaultValueFactory = _ => EntityType.MainLane };
    private static readonly Option<int> Last = new("--last", "-n") { Description = "How many of the latest.", HelpName = "n", DefaultValueFactory = _ => 20 };

    public static Command Create() => new Command("log", "List the commits of all replicas, in a causal order.") { Lane, Last, SharedOptions.Replica }.Does(RunAsync);

    private static async Task<ExitCode> RunAsync(Invocation invocation)
    {
        var (lane, last) = (invocation.Of(Lane)!, invocation.Of(Last));
        if (last <= 0) throw new ToolException(ExitCode.Usage, "--last has to be positive.");
        var replica = await invocation.Home.OpenAsync(invocation.Cancellation).ConfigureAwait(false);
        await using var closing = replica.ConfigureAwait(false);
        var events = new Queue<GraphEvent>();
        await foreach (var graphEvent in replica.ReadLogAsync(lane, cancellationToken: invocation.Cancellation).ConfigureAwait(false))
        {
            events.Enqueue(graphEvent);
            if (events.Count > last) events.Dequeue();
        }

        var json = events.Select(each => new JsonObject { ["origin"] = each.Origin.ToString(), ["first"] = each.First, ["last"] = each.Last, ["time"] = each.Stamp.ToString(), ["bytes"] = each.Bytes.Length, ["changes"] = new JsonArray([.. Changes(replica, each).Select(change => JsonValue.Create(change))]) });
        invocation.Output.Report(new JsonObject { ["lane"] = lane, ["commits"] = new JsonArray([.. json]) }, console =>
        {
            var table = Tables.Of("when", "replica", "writes", "bytes", "changes");
            foreach (var each in events) table.With(each.Stamp, each.Origin.ToString()[..8], $"{each.First}–{each.Last}", each.Bytes.Length, string.Join(", ", Changes(replica, each)));
            console.Write(table);
        });
        return ExitCode.Done;
    }

    private static IEnumerable<string> Changes(GraphReplica replica, GraphEvent graphEvent) =>
        graphEvent.Changes.GroupBy(change => replica.Schema.Find(change.Id.TypeId)?.Name ?? "an unknown type").Select(group => $"{group.Count()} {group.Key}");
}
