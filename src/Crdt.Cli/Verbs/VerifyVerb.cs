using System.CommandLine;
using System.Text.Json.Nodes;
using Crdt.Cli.Output;
using Spectre.Console;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt verify</c>: holds every row of the graph database against the store.</summary>
internal static class VerifyVerb
{
    public static Command Create() => new Command("verify", "Hold every row of the graph database against the store.") { SharedOptions.Replica }.Does(RunAsync);

    private static async Task<ExitCode> RunAsync(Invocation invocation)
    {
        var replica = await invocation.Home.OpenAsync(invocation.Cancellation).ConfigureAwait(false);
        await using var closing = replica.ConfigureAwait(false);
        var report = await invocation.Output.WithProgressAsync("Verifying", _ => replica.VerifyAsync(invocation.Cancellation)).ConfigureAwait(false);
        var differences = report.Differences.Select(difference => new JsonObject { ["kind"] = difference.Kind.ToString(), ["type"] = difference.Type, ["entity"] = difference.Entity, ["columns"] = string.Join("; ", difference.Columns.Select(column => $"{column.Column} is {column.Found}, not {column.Expected}")) });
        var json = new JsonObject { ["rows"] = report.Rows, ["missing"] = report.Missing, ["extra"] = report.Extra, ["different"] = report.Different, ["differences"] = new JsonArray([.. differences]) };
        invocation.Output.Report(json, console =>
        {
            var table = Tables.Of("difference", "type", "entity", "columns");
            foreach (var difference in report.Differences) table.With(difference.Kind, difference.Type, difference.Entity, string.Join("; ", difference.Columns.Select(column => $"{column.Column} is {column.Found}, not {column.Expected}")));
            if (report.Differences.Count > 0) console.Write(table);
            console.WriteLine(report.IsClean ? $"{report}." : $"{report}. 'crdt rebuild' makes the graph database anew.");
        });
        return report.IsClean ? ExitCode.Done : ExitCode.Found;
    }
}
