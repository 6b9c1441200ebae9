using System.CommandLine;
using System.Text.Json.Nodes;
using Crdt.Cli.Output;
using Crdt.Sync.Projecting;
using Spectre.Console;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt rebuild</c>: makes the graph database anew from the store.</summary>
internal static class RebuildVerb
{
    public static Command Create() => new Command("rebuild", "Make the graph database anew from the store.") { SharedOptions.Replica }.Does(RunAsync);

    private static async Task<ExitCode> RunAsync(Invocation invocation)
    {
        var replica = await invocation.Home.OpenAsync(invocation.Cancellation).ConfigureAwait(false);
        await using var closing = replica.ConfigureAwait(false);
        var start = TimeProvider.System.GetTimestamp();
        var entities = await invocation.Output.WithProgressAsync("Rebuilding", async progress =>
        {
            var total = 0L;
            var told = new ActualProgress<RebuildProgress>(at =>
            {
                total = at.Total;
                progress.Report(at.Done, at.Total, "entities");
            });
            await replica.RebuildAsync(told, invocation.Cancellation).ConfigureAwait(false);
            return total;
        }).ConfigureAwait(false);
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        invocation.Output.Report(new JsonObject { ["entities"] = entities, ["seconds"] = seconds }, console => console.WriteLine(FormattableString.Invariant($"The graph database was made anew ({seconds:N1} s).")));
        return ExitCode.Done;
    }
}
