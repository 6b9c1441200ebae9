using System.CommandLine;
using System.Text.Json.Nodes;
using Crdt.Cli.Output;
using Crdt.Sync.Capturing;
using Spectre.Console;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt capture</c>: commits what other programs have written into the graph database directly.</summary>
internal static class CaptureVerb
{
    public static Command Create() => new Command("capture", "Commit what other programs have written into the replica's Kuzu database.") { SharedOptions.Replica }.Does(RunAsync);

    /// <summary>Says what was committed, and what could not be.</summary>
    public static ExitCode Report(Invocation invocation, CaptureReport report)
    {
        var refusals = report.Refusals.Select(refused => new JsonObject { ["type"] = refused.Type, ["entity"] = refused.Entity, ["column"] = refused.Column, ["found"] = refused.Found, ["reason"] = refused.Reason });
        var json = new JsonObject { ["inserted"] = report.Inserted, ["updated"] = report.Updated, ["deleted"] = report.Deleted, ["refused"] = report.Refused, ["refusals"] = new JsonArray([.. refusals]) };
        invocation.Output.Report(json, console =>
        {
            var table = Tables.Of("type", "entity", "column", "found", "refused because");
            foreach (var refused in report.Refusals) table.With(refused.Type, refused.Entity, refused.Column, refused.Found, refused.Reason);
            if (report.Refusals.Count > 0) console.Write(table);
            console.WriteLine($"{report}.");
        });
        return report.Refused > 0 ? ExitCode.Found : ExitCode.Done;
    }

    private static async Task<ExitCode> RunAsync(Invocation invocation)
    {
        var home = invocation.Home;
        var report = await invocation.Output.WithProgressAsync("Capturing", async _ =>
        {
            var replica = await home.OpenAsync(invocation.Cancellation).ConfigureAwait(false);
            await using (replica.ConfigureAwait(false)) return replica.Captured;
        }).ConfigureAwait(false);
        return Report(invocation, report ?? new CaptureReport(0, 0, 0, 0, []));
    }
}
