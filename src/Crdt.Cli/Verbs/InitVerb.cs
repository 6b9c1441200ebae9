using System.CommandLine;
using System.Text.Json.Nodes;
using Crdt.Cli.Replicas;
using Spectre.Console;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt init</c>: makes a new replica, with the tables of a Cypher file, or none, to be learnt from the first hub.</summary>
internal static class InitVerb
{
    private static readonly Argument<string> Graph = new("graph") { Description = "What the graph is called; replicas that sync have one name." };
    private static readonly Option<FileInfo?> Tables = new("--tables") { Description = "A file of Cypher that creates tables, and rows if it likes: CREATE NODE TABLE …; Without it, the replica learns its tables from the first hub.", HelpName = "file" };
    private static readonly Option<bool> WithoutGraphDatabase = new("--without-graph-database") { Description = "Store and forward alone: nothing can be queried." };

    public static Command Create() => new Command("init", "Make a new replica.") { Graph, Tables, WithoutGraphDatabase, SharedOptions.Replica, SharedOptions.Name }.Does(RunAsync);

    private static async Task<ExitCode> RunAsync(Invocation invocation)
    {
        var (graph, name, tables) = (invocation.Of(Graph)!, invocation.Of(SharedOptions.Name), invocation.Of(Tables));
        var home = tables is null ? await NewAsync(invocation, graph, name).ConfigureAwait(false) : await FromTablesAsync(invocation, tables, graph, name).ConfigureAwait(false);
        var replica = await home.OpenAsync(invocation.Cancellation).ConfigureAwait(false);
        await using var closing = replica.ConfigureAwait(false);
        var types = replica.Schema.Types.Select(type => type.Name).ToList();
        invocation.Output.Report(
            new JsonObject { ["replica"] = home.Folder, ["name"] = replica.Name, ["id"] = replica.Id.ToString(), ["graph"] = graph, ["types"] = new JsonArray([.. types.Select(type => JsonValue.Create(type))]) },
            console => console.MarkupLineInterpolated($"The replica [bold]{replica.Name}[/] of the graph [bold]{graph}[/] is in {home.Folder}, with {types.Count} types. {(types.Count == 0 ? "It learns some at the first 'crdt sync'." : "")}"));
        return ExitCode.Done;
    }

    private static async Task<ReplicaHome> NewAsync(Invocation invocation, string graph, string? name)
    {
        var home = ReplicaHome.Create(invocation.Folder, new(name ?? ReplicaHome.NameFor(invocation.Folder), graph, !invocation.Of(WithoutGraphDatabase)));
        await (await home.OpenAsync(invocation.Cancellation).ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        home.Save();
        return home;
    }

    private static async Task<ReplicaHome> FromTablesAsync(Invocation invocation, FileInfo tables, string graph, string? name)
    {
        if (!tables.Exists) throw new ToolException(ExitCode.Usage, $"There is no file '{tables.FullName}'.");
        if (invocation.Of(WithoutGraphDatabase)) throw new ToolException(ExitCode.Usage, "--tables and --without-graph-database don't go together: the tables are those of the graph database.");
        var cypher = await File.ReadAllTextAsync(tables.FullName, invocation.Cancellation).ConfigureAwait(false);
        return await DatabaseAdoption.CreateAsync(cypher, invocation.Folder, graph, name, invocation.Output, invocation.Cancellation).ConfigureAwait(false);
    }
}
