using System.CommandLine;
using System.Text.Json.Nodes;
using Crdt.Cli.Output;
using Crdt.Sync.Conflicts;
using Spectre.Console;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt conflicts list</c>.</summary>
internal static class ConflictsListVerb
{
    public static Command Create() => new Command("list", "List the conflicts; each is the same on every replica that holds the same.") { SharedOptions.Replica }.Does(RunAsync);

    private static async Task<ExitCode> RunAsync(Invocation invocation)
    {
        var replica = await invocation.Home.OpenAsync(invocation.Cancellation).ConfigureAwait(false);
        await using var closing = replica.ConfigureAwait(false);
        var conflicts = await replica.ConflictsAsync(invocation.Cancellation).ToListAsync(invocation.Cancellation).ConfigureAwait(false);
        invocation.Output.Report(new JsonObject { ["conflicts"] = new JsonArray([.. conflicts.Select(ConflictText.Describe)]) }, console => Show(console, conflicts));
        return conflicts.Count == 0 ? ExitCode.Done : ExitCode.Found;
    }

    private static void Show(IAnsiConsole console, List<Conflict> conflicts)
    {
        if (conflicts.Count == 0)
        {
            console.WriteLine("There are no conflicts.");
            return;
        }

        var table = Tables.Of("id", "kind", "entity", "field", "writes", "reads");
        foreach (var conflict in conflicts) table.With(ConflictText.IdOf(conflict), conflict.Kind, $"{conflict.Type.Name} {EntityText.Of(conflict.Type, conflict.Entity)}", conflict.Field?.Name, conflict.Writes, ConflictText.Value(conflict.Reads));
        console.Write(table);
        console.WriteLine("'crdt conflicts show <id>' says who wrote what; 'crdt conflicts settle <id> …' settles one everywhere.");
    }
}
