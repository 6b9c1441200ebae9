using System.CommandLine;
using System.Text.Json.Nodes;
using Crdt.Cli.Output;
using Crdt.Sync.Commit;
using Spectre.Console;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt transactions</c>: distributed transactions that are in doubt here.</summary>
internal static class TransactionsVerb
{
    private static readonly Argument<string> Id = new("id") { Description = "The transaction, as it is listed." };
    private static readonly Argument<string> Outcome = new("outcome") { Description = "'commit' or 'abort': what becomes of it here, because nobody who knows will ever come back." };

    public static Command Create() => new("transactions", "List and settle distributed transactions that are in doubt.")
    {
        new Command("list", "List what this replica has promised and doesn't know the outcome of.") { SharedOptions.Replica }.Does(ListAsync),
        new Command("settle", "Say what becomes of one. If the outcome is heard after all, that holds.") { Id, Outcome, SharedOptions.Replica }.Does(SettleAsync),
    };

    private static async Task<ExitCode> ListAsync(Invocation invocation)
    {
        var replica = await invocation.Home.OpenAsync(invocation.Cancellation).ConfigureAwait(false);
        await using var closing = replica.ConfigureAwait(false);
        var doubtful = replica.InDoubt;
        var json = doubtful.Select(each => new JsonObject { ["id"] = each.Id.ToString(), ["participants"] = each.Participants.Count, ["entities"] = each.Entities.Count, ["decided"] = each.IsDecided });
        invocation.Output.Report(new JsonObject { ["inDoubt"] = new JsonArray([.. json]) }, console =>
        {
            var table = Tables.Of("id", "participants", "entities", "");
            foreach (var each in doubtful) table.With(each.Id, each.Participants.Count, each.Entities.Count, each.IsDecided ? "committed, and waits to be applied" : "waits for its coordinator");
            if (doubtful.Count == 0) console.WriteLine("No transaction is in doubt."); else console.Write(table);
        });
        return doubtful.Count == 0 ? ExitCode.Done : ExitCode.Found;
    }

    private static async Task<ExitCode> SettleAsync(Invocation invocation)
    {
        var outcome = invocation.Of(Outcome) switch
        {
            "commit" => CommitOutcome.Commit,
            "abort" => CommitOutcome.Abort,
            var other => throw new ToolException(ExitCode.Usage, $"'{other}' is no outcome: write commit or abort."),
        };
        var replica = await invocation.Home.OpenAsync(invocation.Cancellation).ConfigureAwait(false);
        await using var closing = replica.ConfigureAwait(false);
        var doubtful = replica.InDoubt.FirstOrDefault(each => each.Id.ToString() == invocation.Of(Id)) ?? throw new ToolException(ExitCode.Usage, $"No transaction '{invocation.Of(Id)}' is in doubt here; 'crdt transactions list' has those that are.");
        await replica.SettleAsync(doubtful.Id, outcome).ConfigureAwait(false);
        await replica.ProjectedAsync(invocation.Cancellation).ConfigureAwait(false);
        invocation.Output.Report(new JsonObject { ["settled"] = doubtful.Id.ToString(), ["outcome"] = outcome.ToString() }, console => console.WriteLine($"{doubtful.Id}: {outcome} here."));
        return ExitCode.Done;
    }
}
