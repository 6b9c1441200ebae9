using System.CommandLine;
using System.Text.Json.Nodes;
using Crdt.Cli.Output;
using Crdt.Cli.Replicas;
using Crdt.Schema;
using Crdt.Sync;
using Spectre.Console;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt diff</c>: compares what two replicas on this machine show in Cypher, row by row.</summary>
internal static class DiffVerb
{
    private const int MostShown = 20;
    private static readonly Argument<string> Other = new("other") { Description = "The folder of the other replica." };

    public static Command Create() => new Command("diff", "Compare what two replicas on this machine show in Cypher, row by row.") { Other, SharedOptions.Replica }.Does(RunAsync);

    private static async Task<ExitCode> RunAsync(Invocation invocation)
    {
        var here = await OpenAsync(invocation, invocation.Home).ConfigureAwait(false);
        await using var closingHere = here.ConfigureAwait(false);
        var there = await OpenAsync(invocation, ReplicaHome.At(invocation.Of(Other)!)).ConfigureAwait(false);
        await using var closingThere = there.ConfigureAwait(false);
        var differences = new List<(string Type, string Side, string Row)>();
        long rows = 0, different = 0;
        await invocation.Output.WithProgressAsync("Comparing", async progress =>
        {
            foreach (var type in here.Schema.Union(there.Schema).Types)
            {
                progress.Report(type.Name);
                var (mine, theirs) = (await ReadAsync(here, type, invocation.Cancellation).ConfigureAwait(false), await ReadAsync(there, type, invocation.Cancellation).ConfigureAwait(false));
                rows += mine.Count;
                var (onlyHere, onlyThere) = (mine.Except(theirs).Order(StringComparer.Ordinal).ToList(), theirs.Except(mine).Order(StringComparer.Ordinal).ToList());
                different += onlyHere.Count + onlyThere.Count;
                differences.AddRange(onlyHere.Take(MostShown).Select(row => (type.Name, "only here", row)));
                differences.AddRange(onlyThere.Take(MostShown).Select(row => (type.Name, "only there", row)));
            }

            return rows;
        }).ConfigureAwait(false);
        Report(invocation, rows, different, differences);
        return different == 0 ? ExitCode.Done : ExitCode.Found;
    }

    private static async Task<GraphReplica> OpenAsync(Invocation invocation, ReplicaHome home)
    {
        if (!home.Settings.HasGraphDatabase) throw new ToolException(ExitCode.Usage, $"The replica in '{home.Folder}' has no graph database, so it shows nothing in Cypher.");
        return await home.OpenAsync(invocation.Cancellation).ConfigureAwait(false);
    }

    /// <summary>The rows of a type as text: those that a replica doesn't know the type of are none.</summary>
    private static async Task<HashSet<string>> ReadAsync(GraphReplica replica, EntityType united, CancellationToken cancellationToken)
    {
        var rows = new HashSet<string>(StringComparer.Ordinal);
        if (replica.Schema.Find(united.Id) is not { } type) return rows;
        var columns = string.Concat(united.Fields.Select(field => type.FindField(field.Id) is { } known ? $", x.{Quoted(known.Column)}" : ", NULL"));
        var cypher = type.IsRelationship
            ? $"MATCH (a:{Quoted(type.Source.Table)})-[x:{Quoted(type.Table)}]->(b:{Quoted(type.Target.Table)}) RETURN a.{Quoted(type.Source.Key!.Column)}, b.{Quoted(type.Target.Key!.Column)}{(type.Key is { } key ? $", x.{Quoted(key.Column)}" : "")}{columns}"
            : $"MATCH (x:{Quoted(type.Table)}) RETURN x.{Quoted(type.Key!.Column)}{columns}";
        await foreach (var row in replica.QueryAsync(cypher, cancellationToken: cancellationToken).ConfigureAwait(false)) rows.Add(string.Join(" | ", row.Values.Select(value => ConflictText.Value(value) ?? "NULL")));
        return rows;
    }

    private static void Report(Invocation invocation, long rows, long different, List<(string Type, string Side, string Row)> differences)
    {
        var json = differences.Select(difference => new JsonObject { ["type"] = difference.Type, ["side"] = difference.Side, ["row"] = difference.Row });
        invocation.Output.Report(new JsonObject { ["identical"] = different == 0, ["rows"] = rows, ["different"] = different, ["differences"] = new JsonArray([.. json]) }, console =>
        {
            var table = Tables.Of("type", "where", "row");
            foreach (var (type, side, row) in differences) table.With(type, side, row);
            if (differences.Count > 0) console.Write(table);
            console.WriteLine(different == 0 ? $"identical: yes ({rows:N0} rows)" : $"identical: no ({different:N0} rows differ)");
        });
    }

    private static string Quoted(string name) => $"`{name.Replace("`", "``", StringComparison.Ordinal)}`";
}
