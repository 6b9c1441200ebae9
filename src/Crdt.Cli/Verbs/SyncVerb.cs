using System.CommandLine;
using System.Text.Json.Nodes;
using Crdt.Cli.Hubs;
using Crdt.Cli.Output;
using Crdt.Cli.Replicas;
using Crdt.Sync.Sessions;
using Spectre.Console;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt sync</c>: brings a replica and a hub into agreement, once.</summary>
internal static class SyncVerb
{
    private static readonly Argument<string> Address = new("address") { Description = "The hub: wss://host:port/sync, or ws:// on this machine." };
    private static readonly Argument<string?> Database = new("database") { Description = "A replica's folder, or a Kuzu database, which is adopted the first time.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Code = new("--code") { Description = "The one-time code that the hub's 'crdt enroll' has made.", HelpName = "code" };
    private static readonly Option<string[]> Lanes = new("--lane") { Description = "A lane to sync; may be repeated. All by default.", HelpName = "lane" };

    /// <summary>Whether <c>ws</c> may lead to other machines.</summary>
    public static Option<bool> PlainText { get; } = new("--plain-text") { Description = "Let ws:// lead to another machine, where the network is encrypted itself." };

    public static Command Create() => new Command("sync", "Bring this replica and a hub into agreement.") { Address, Database, Code, Lanes, PlainText, SharedOptions.Replica }.Does(RunAsync);

    private static async Task<ExitCode> RunAsync(Invocation invocation)
    {
        var address = HubAddress.Parse(invocation.Of(Address)!);
        var home = await DatabaseAdoption.HomeOfAsync(invocation, invocation.Of(Database)).ConfigureAwait(false);
        var hub = new HubConnection(home, address, invocation.Of(PlainText));
        if (invocation.Of(Code) is { } code)
        {
            var known = await hub.EnrollAsync(code, invocation.Cancellation).ConfigureAwait(false);
            invocation.Output.Say($"Enrolled at {address} as '{known.Name}', with the rights {known.Access}.");
        }

        var lanes = invocation.Of(Lanes) is { Length: > 0 } some ? some : null;
        var result = await invocation.Output.WithProgressAsync($"Syncing with {address}", progress =>
            hub.SyncAsync(lanes, new ActualProgress<SyncProgress>(at => progress.Report($"{at.EventsReceived + at.EntitiesReceived:N0} received, {at.EventsSent + at.EntitiesSent:N0} sent")), invocation.Cancellation)).ConfigureAwait(false);
        return Report(invocation, address, result);
    }

    private static ExitCode Report(Invocation invocation, Uri address, SyncResult result)
    {
        var incomplete = result.Lanes.Where(lane => !lane.Value.IsComplete).ToList();
        invocation.Output.Report(Describe(address, result), console =>
        {
            console.WriteLine(result.Mode == SyncMode.Equal && incomplete.Count == 0
                ? $"Equal to {address} already ({result.Sent.Bytes + result.Received.Bytes:N0} bytes, {result.Elapsed.TotalMilliseconds:N0} ms)."
                : $"Synced with '{result.PeerName}': {Amount(result.Received)} received, {Amount(result.Sent)} sent, {result.Conflicts.Count:N0} conflicts ({result.Elapsed.TotalMilliseconds:N0} ms).");
            foreach (var (lane, done) in incomplete) console.WriteLine($"  The lane '{lane}' is not complete: {done.Reason}.");
            if (result.Refused + result.RefusedByPeer > 0) console.WriteLine($"  {result.Refused} events of the peer were refused here, and {result.RefusedByPeer} of this replica's there: see 'crdt status'.");
        });
        return incomplete.Count == 0 ? ExitCode.Done : ExitCode.Found;
    }

    /// <summary>What came of a session, for scripts.</summary>
    public static JsonObject Describe(Uri address, SyncResult result) => new()
    {
        ["hub"] = address.ToString(),
        ["peer"] = result.PeerName,
        ["mode"] = result.Mode.ToString(),
        ["received"] = Describe(result.Received),
        ["sent"] = Describe(result.Sent),
        ["conflicts"] = result.ConflictsResolved,
        ["held"] = result.Held,
        ["refused"] = result.Refused,
        ["milliseconds"] = result.Elapsed.TotalMilliseconds,
        ["lanes"] = new JsonObject(result.Lanes.Select(lane => KeyValuePair.Create<string, JsonNode?>(lane.Key, new JsonObject { ["mode"] = lane.Value.Mode.ToString(), ["complete"] = lane.Value.IsComplete, ["reason"] = lane.Value.Reason }))),
    };

    private static JsonObject Describe(Traffic traffic) => new() { ["events"] = traffic.Events, ["entities"] = traffic.Entities, ["bytes"] = traffic.Bytes };

    private static string Amount(Traffic traffic) => (traffic.Events, traffic.Entities) switch
    {
        (0, 0) => "nothing",
        (var events, 0) => $"{events:N0} commits",
        (0, var entities) => $"{entities:N0} entities",
        var (events, entities) => $"{events:N0} commits and {entities:N0} entities",
    };
}
