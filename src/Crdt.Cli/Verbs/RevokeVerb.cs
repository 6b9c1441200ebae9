using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt revoke</c>: lets a replica in to the hub of this folder no more.</summary>
internal static class RevokeVerb
{
    private static readonly Argument<string> Peer = new("peer") { Description = "What the replica is called, as 'crdt enroll' lists it." };

    public static Command Create() => new Command("revoke", "Let a replica in to the hub in this folder no more.") { Peer, SharedOptions.Replica }.Does(invocation => Task.FromResult(Run(invocation)));

    private static ExitCode Run(Invocation invocation)
    {
        var peer = invocation.Of(Peer)!;
        if (!invocation.Home.Register.Revoke(peer)) throw new ToolException(ExitCode.Usage, $"No replica '{peer}' is let in here, or it was revoked before; 'crdt enroll' lists those that are.");
        invocation.Output.Report(new JsonObject { ["revoked"] = peer }, console => console.MarkupLineInterpolated($"[bold]{peer}[/] is let in no more, and what it writes from now on is taken from nobody. What it wrote before stays."));
        return ExitCode.Done;
    }
}
