using System.CommandLine;
using Crdt.Cli.Output;
using Crdt.Sync.Conflicts;
using Spectre.Console;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt conflicts show</c>.</summary>
internal static class ConflictsShowVerb
{
    private static readonly Argument<string> Id = new("id") { Description = "The conflict, as it is listed; the beginning is enough." };

    public static Command Create() => new Command("show", "Say who wrote what, and when.") { Id, SharedOptions.Replica }.Does(RunAsync);

    private static async Task<ExitCode> RunAsync(Invocation invocation)
    {
        var replica = await invocation.Home.OpenAsync(invocation.Cancellation).ConfigureAwait(false);
        await using var closing = replica.ConfigureAwait(false);
        var conflict = await ConflictText.FindAsync(replica, invocation.Of(Id)!, invocation.Cancellation).ConfigureAwait(false);
        invocation.Output.Report(ConflictText.Describe(conflict), console => Show(console, conflict));
        return ExitCode.Done;
    }

    private static void Show(IAnsiConsole console, Conflict conflict)
    {
        console.WriteLine($"{conflict.Kind} of {conflict.Type.Name} {EntityText.Of(conflict.Type, conflict.Entity)}{(conflict.Field is { } field ? $", {field.Name}" : "")}{(conflict.Key is { } key ? $"[{ConflictText.Value(key)}]" : "")}");
        console.WriteLine($"Settled by {conflict.Resolution}{(conflict.Field is null ? "" : $"; reads {ConflictText.Value(conflict.Reads) ?? "nothing"}")}.");
        if (!conflict.Shown.Equals(default)) console.WriteLine($"Hidden by {EntityText.Of(conflict.Type, conflict.Shown)}.");
        if (!conflict.Owner.Equals(default)) console.WriteLine($"The value is that of {EntityText.Of(conflict.Type, conflict.Owner)}.");
        if (conflict.Competing.Count > 0)
        {
            var table = Tables.Of("n", "value", "when", "replica", "offline");
            for (var n = 0; n < conflict.Competing.Count; n++) table.With(n + 1, ConflictText.Value(conflict.Competing[n].Value) ?? "nothing", conflict.Competing[n].Stamp, conflict.Competing[n].Dot.Replica.ToString()[..8], conflict.Competing[n].Offline ? "yes" : "");
            console.Write(table);
        }

        foreach (var (name, value) in conflict.Hidden) console.WriteLine($"  {name} was written: {ConflictText.Value(value)}");
    }
}
