using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Crdt.AspNetCore.Authentication;
using Crdt.Sync.Lanes;
using Spectre.Console;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt enroll</c>: makes a one-time code, with which a replica is let in to the hub of this folder, or lists those that were.</summary>
internal static class EnrollVerb
{
    private static readonly Argument<string?> Peer = new("peer") { Description = "What the replica is called that is let in; without it, those are listed that were.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string> Access = new("--access") { Description = "What it may do, lane by lane: 'orders:rw, catalogue:r, *:none'.", HelpName = "rights", DefaultValueFactory = _ => "*:rw" };
    private static readonly Option<double> Minutes = new("--minutes") { Description = "How long the code holds.", HelpName = "n", DefaultValueFactory = _ => PeerRegister.DefaultCodeLifetime.TotalMinutes };
    private static readonly Option<double?> Days = new("--days") { Description = "How long the replica is let in; for ever by default.", HelpName = "n" };

    public static Command Create() => new Command("enroll", "Make a one-time code that lets a replica in to the hub in this folder.") { Peer, Access, Minutes, Days, SharedOptions.Replica }.Does(invocation => Task.FromResult(Run(invocation)));

    private static ExitCode Run(Invocation invocation)
    {
        var register = invocation.Home.Register;
        return invocation.Of(Peer) is { } peer ? Invite(invocation, register, peer) : List(invocation, register);
    }

    private static ExitCode Invite(Invocation invocation, PeerRegister register, string peer)
    {
        var (access, minutes, days) = (Parse(invocation.Of(Access)!), invocation.Of(Minutes), invocation.Of(Days));
        if (minutes is not (> 0 and <= 1e6) || days is not (null or (> 0 and <= 1e6))) throw new ToolException(ExitCode.Usage, "--minutes and --days have to be positive, and a million at most.");
        var code = register.Invite(peer, access, TimeSpan.FromMinutes(minutes), days is { } some ? TimeSpan.FromDays(some) : null);
        invocation.Output.Report(
            new JsonObject { ["peer"] = peer, ["code"] = code, ["access"] = access.ToString(), ["minutes"] = minutes },
            console =>
            {
                console.WriteLine(code);
                invocation.Output.Say($"This code lets '{peer}' in, once, within {minutes.ToString(CultureInfo.InvariantCulture)} minutes, with the rights {access}: crdt sync <address of this hub> --code {code}");
            });
        return ExitCode.Done;
    }

    private static ExitCode List(Invocation invocation, PeerRegister register)
    {
        var peers = register.Peers;
        var json = peers.Select(peer => new JsonObject { ["peer"] = peer.Name, ["access"] = peer.Access, ["enrolled"] = peer.Enrolled, ["expires"] = peer.Expires, ["replica"] = peer.Replica, ["revoked"] = peer.Revoked });
        invocation.Output.Report(new JsonObject { ["peers"] = new JsonArray([.. json]) }, console =>
        {
            var table = Output.Tables.Of("peer", "replica", "rights", "enrolled", "until", "revoked");
            foreach (var peer in peers) Output.Tables.With(table, peer.Name, peer.Replica ?? "signs nothing", peer.Access, $"{peer.Enrolled:u}", $"{peer.Expires:u}", $"{peer.Revoked:u}");
            console.Write(table);
        });
        return ExitCode.Done;
    }

    private static PeerAccess Parse(string text)
    {
        try
        {
            return PeerAccess.Parse(text);
        }
        catch (FormatException error)
        {
            throw new ToolException(ExitCode.Usage, error.Message, error);
        }
    }
}
