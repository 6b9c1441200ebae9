using System.CommandLine;
using System.Text.Json.Nodes;
using Crdt.Cli.Output;
using Spectre.Console;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt status</c>: what a replica holds and how it is.</summary>
internal static class StatusVerb
{
    public static Command Create() => new Command("status", "Say what the replica holds and how it is.") { SharedOptions.Replica }.Does(RunAsync);

    private static async Task<ExitCode> RunAsync(Invocation invocation)
    {
        var home = invocation.Home;
        var replica = await home.OpenAsync(invocation.Cancellation).ConfigureAwait(false);
        await using var closing = replica.ConfigureAwait(false);
        var counts = await replica.CountAsync(invocation.Cancellation).ConfigureAwait(false);
        var health = await replica.ReadHealthAsync(invocation.Cancellation).ConfigureAwait(false);
        var conflicts = await replica.ConflictsAsync(invocation.Cancellation).CountAsync(invocation.Cancellation).ConfigureAwait(false);
        var json = new JsonObject
        {
            ["replica"] = home.Folder,
            ["name"] = replica.Name,
            ["id"] = replica.Id.ToString(),
            ["graph"] = replica.Schema.Name,
            ["entities"] = new JsonObject(counts.Select(count => KeyValuePair.Create<string, JsonNode?>(count.Key, count.Value))),
            ["lanes"] = new JsonObject(replica.Lanes.Select(lane => KeyValuePair.Create<string, JsonNode?>(lane, new JsonObject { ["writers"] = replica.VectorOf(lane).Entries.Count }))),
            ["conflicts"] = conflicts,
            ["waiting"] = health.OfflineQueue.Operations,
            ["inDoubt"] = replica.InDoubt.Count,
            ["quarantined"] = new JsonArray([.. health.Quarantined.Select(origin => new JsonObject { ["origin"] = origin.Origin.ToString(), ["reason"] = origin.Reason })]),
            ["equivocations"] = new JsonArray([.. health.Equivocations.Select(origin => new JsonObject { ["origin"] = origin.Origin.ToString(), ["lane"] = origin.Lane, ["first"] = origin.First, ["proof"] = origin.Proof is { } proof ? Convert.ToBase64String(proof.Bytes.Span) : null })]),
            ["held"] = health.Held.Count,
            ["clockLeadSeconds"] = health.ClockLead.TotalSeconds,
            ["rebuilds"] = new JsonArray([.. replica.Rebuilds.Select(rebuild => JsonValue.Create(rebuild.Reason))]),
        };
        invocation.Output.Report(json, console => Show(console, json));
        return ExitCode.Done;
    }

    private static void Show(IAnsiConsole console, JsonObject status)
    {
        var facts = new Grid().AddColumn().AddColumn();
        void Say(string what, object? value) => facts.AddRow(new Text(what), new Text($"{value}"));
        Say("replica", $"{status["name"]} ({status["id"]})");
        Say("graph", status["graph"]);
        Say("lanes", string.Join(", ", status["lanes"]!.AsObject().Select(lane => $"{lane.Key} ({lane.Value!["writers"]} writers)")));
        Say("conflicts", $"{status["conflicts"]}{(status["conflicts"]!.GetValue<int>() > 0 ? ": crdt conflicts list" : "")}");
        Say("waiting to be synced", $"{status["waiting"]} commits");
        if (status["inDoubt"]!.GetValue<int>() > 0) Say("transactions in doubt", $"{status["inDoubt"]}: crdt transactions list");
        foreach (var origin in status["quarantined"]!.AsArray()) Say("in quarantine", $"{origin!["origin"]}: {origin["reason"]}");
        foreach (var origin in status["equivocations"]!.AsArray()) Say("signed two histories", $"{origin!["origin"]} in lane '{origin["lane"]}', from write {origin["first"]} on: revoke it, and see docs/security.md");
        if (status["held"]!.GetValue<int>() > 0) Say("held back for their clocks", $"events of {status["held"]} origins");
        foreach (var reason in status["rebuilds"]!.AsArray()) Say("graph database made anew", reason);
        console.Write(facts);
        var table = Tables.Of("type", "entities");
        foreach (var (type, count) in status["entities"]!.AsObject()) table.With(type, count!.GetValue<long>());
        console.Write(table);
    }
}
