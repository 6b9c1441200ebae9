using System.CommandLine;
using System.Text.Json.Nodes;
using Crdt.Cli.Output;
using Crdt.Cli.Replicas;
using Crdt.Kuzu.Adopting;
using Spectre.Console;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt adopt</c>: makes a replica of an existing Kuzu database, which is only read.</summary>
internal static class AdoptVerb
{
    private static readonly Argument<string> Database = new("database") { Description = "The Kuzu database, which nothing else has open." };
    private static readonly Option<string?> Graph = new("--graph") { Description = "What the graph is called; replicas that sync have one name. By default as the file.", HelpName = "name" };
    private static readonly Option<string?> Folder = new("--replica", "-r") { Description = "The folder of the new replica; by default the database's name and .replica.", HelpName = "folder" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Say what would become of the database, and change nothing." };

    public static Command Create() => new Command("adopt", "Make a replica of an existing Kuzu database.") { Database, Graph, Folder, SharedOptions.Name, DryRun }.Does(RunAsync);

    private static async Task<ExitCode> RunAsync(Invocation invocation)
    {
        var database = invocation.Of(Database)!;
        var graph = invocation.Of(Graph) ?? DatabaseAdoption.GraphFor(database);
        if (!File.Exists(database)) throw new ToolException(ExitCode.Replica, $"There is no database '{database}'.");
        if (invocation.Of(DryRun))
        {
            var plan = await KuzuAdoption.ReadAsync(database, graph, cancellationToken: invocation.Cancellation).ConfigureAwait(false);
            Report(invocation, plan.Notes, new JsonObject { ["graph"] = graph, ["types"] = plan.Schema.Types.Count }, $"{plan.Schema.Types.Count} types would be adopted; nothing was changed.");
            return ExitCode.Done;
        }

        var folder = invocation.Of(Folder) ?? DatabaseAdoption.FolderFor(database);
        var (home, notes) = await DatabaseAdoption.AdoptAsync(database, folder, graph, invocation.Of(SharedOptions.Name), invocation.Output, invocation.Cancellation).ConfigureAwait(false);
        var replica = await home.OpenAsync(invocation.Cancellation).ConfigureAwait(false);
        await using var closing = replica.ConfigureAwait(false);
        var entities = (await replica.CountAsync(invocation.Cancellation).ConfigureAwait(false)).Values.Sum();
        Report(
            invocation,
            notes,
            new JsonObject { ["replica"] = folder, ["graph"] = graph, ["types"] = replica.Schema.Types.Count, ["entities"] = entities },
            $"{entities:N0} entities of {replica.Schema.Types.Count} types are in the replica {folder} now; {database} stays as it is.");
        return ExitCode.Done;
    }

    private static void Report(Invocation invocation, IReadOnlyList<AdoptionNote> notes, JsonObject json, string sentence)
    {
        json["notes"] = new JsonArray([.. notes.Select(note => new JsonObject { ["table"] = note.Table, ["column"] = note.Column, ["becomes"] = note.Becomes, ["reason"] = note.Reason })]);
        invocation.Output.Report(json, console =>
        {
            var table = Tables.Of("table", "column", "becomes", "because");
            foreach (var note in notes) table.With(note.Table, note.Column, note.Becomes, note.Reason);
            if (notes.Count > 0) console.Write(table);
            console.WriteLine(sentence);
        });
    }
}
