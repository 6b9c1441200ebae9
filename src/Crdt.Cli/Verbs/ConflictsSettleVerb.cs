using System.CommandLine;
using System.Text.Json.Nodes;
using Crdt.Cli.Output;
using Crdt.Sync.Conflicts;
using Spectre.Console;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt conflicts settle</c>.</summary>
internal static class ConflictsSettleVerb
{
    private const string Accept = "accept", Restore = "restore";
    private static readonly Argument<string> Id = new("id") { Description = "The conflict, as it is listed; the beginning is enough." };
    private static readonly Argument<string> Decision = new("decision") { Description = $"'{Accept}': what the rule made of it stands. '{Restore}': the other way round. A number: that of the writes, as 'crdt conflicts show' lists them." };

    public static Command Create() => new Command("settle", "Settle a conflict: an ordinary write, which every replica takes over.") { Id, Decision, SharedOptions.Replica }.Does(RunAsync);

    private static async Task<ExitCode> RunAsync(Invocation invocation)
    {
        var replica = await invocation.Home.OpenAsync(invocation.Cancellation).ConfigureAwait(false);
        await using var closing = replica.ConfigureAwait(false);
        var conflict = await ConflictText.FindAsync(replica, invocation.Of(Id)!, invocation.Cancellation).ConfigureAwait(false);
        await replica.Conflicts.SettleAsync(conflict, SettlementOf(conflict, invocation.Of(Decision)!), invocation.Cancellation).ConfigureAwait(false);
        await replica.ProjectedAsync(invocation.Cancellation).ConfigureAwait(false);
        invocation.Output.Report(new JsonObject { ["settled"] = ConflictText.IdOf(conflict) }, console => console.WriteLine("Settled; the next sync carries it to the others."));
        return ExitCode.Done;
    }

    private static Settlement SettlementOf(Conflict conflict, string decision) => decision switch
    {
        Accept => Settlement.Accept,
        Restore => Settlement.Restore,
        _ when int.TryParse(decision, out var number) && number >= 1 && number <= conflict.Competing.Count => Settlement.Choose(conflict.Competing[number - 1]),
        _ => throw new ToolException(ExitCode.Usage, $"'{decision}' is no decision about this conflict: write {Accept}, {Restore}{(conflict.Competing.Count > 0 ? $", or a number from 1 to {conflict.Competing.Count}" : "")}."),
    };
}
