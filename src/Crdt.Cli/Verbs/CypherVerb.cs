using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Crdt.Cli.Output;
using Crdt.Projection;
using Crdt.Sync;
using Spectre.Console;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt cypher</c>: queries a replica, or writes to it, in plain Cypher.</summary>
internal static class CypherVerb
{
    private static readonly Argument<string> Statements = new("statements") { Description = "The Cypher; - for standard input." };
    private static readonly Option<bool> Write = new("--write", "-w") { Description = "Let the statements write: what they change is committed, and travels with the next sync." };

    public static Command Create() => new Command("cypher", "Query a replica, or write to it, in plain Cypher.") { Statements, Write, SharedOptions.Replica }.Does(RunAsync);

    private static async Task<ExitCode> RunAsync(Invocation invocation)
    {
        var cypher = invocation.Of(Statements)!;
        if (cypher == "-") cypher = await Console.In.ReadToEndAsync(invocation.Cancellation).ConfigureAwait(false);
        var home = invocation.Home;
        if (!home.Settings.HasGraphDatabase) throw new ToolException(ExitCode.Usage, "This replica has no graph database: it stores and forwards alone.");
        var replica = await home.OpenAsync(invocation.Cancellation).ConfigureAwait(false);
        await using var closing = replica.ConfigureAwait(false);
        try
        {
            return invocation.Of(Write) ? await WriteAsync(invocation, replica, cypher).ConfigureAwait(false) : await QueryAsync(invocation, replica, cypher).ConfigureAwait(false);
        }
        catch (ProjectionException error) when (error.Message.Contains("read-only", StringComparison.Ordinal))
        {
            throw new ToolException(ExitCode.Failed, "The statement would write; --write lets it.", error);
        }
    }

    private static async Task<ExitCode> WriteAsync(Invocation invocation, GraphReplica replica, string cypher)
    {
        var report = await invocation.Output.WithProgressAsync("Writing", _ => replica.CaptureAsync(cypher, cancellationToken: invocation.Cancellation)).ConfigureAwait(false);
        return CaptureVerb.Report(invocation, report);
    }

    private static async Task<ExitCode> QueryAsync(Invocation invocation, GraphReplica replica, string cypher)
    {
        var results = new JsonArray();
        await foreach (var result in replica.QueryManyAsync(cypher, cancellationToken: invocation.Cancellation).ConfigureAwait(false))
        {
            var rows = result.Rows.Select(row => row.Values.Select(TextOf).ToList()).ToList();
            results.Add(new JsonObject
            {
                ["columns"] = new JsonArray([.. result.Columns.Select(column => JsonValue.Create(column))]),
                ["rows"] = new JsonArray([.. rows.Select(row => new JsonArray([.. row.Select(value => JsonValue.Create(value))]))]),
            });
            if (invocation.Output.IsJson) continue;
            var table = Tables.Of([.. result.Columns]);
            foreach (var row in rows) table.With([.. row]);
            AnsiConsole.Write(table);
        }

        if (invocation.Output.IsJson) invocation.Output.Report(new JsonObject { ["results"] = results }, _ => { });
        return ExitCode.Done;
    }

    private static string? TextOf(object? value) => value switch
    {
        null => null,
        string text => text,
        byte[] bytes => Convert.ToBase64String(bytes),
        DateTime or DateTimeOffset => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        System.Collections.IEnumerable many => $"[{string.Join(", ", many.Cast<object?>().Select(TextOf))}]",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
