using System.CommandLine;
using Crdt.Cli.Hubs;
using Crdt.Cli.Output;
using Crdt.Cli.Replicas;
using Crdt.Sync.Gossip;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt watch</c>: keeps a replica and a hub in agreement until it is interrupted, and says what comes and goes.</summary>
internal static class WatchVerb
{
    private static readonly Argument<string> Address = new("address") { Description = "The hub: wss://host:port/sync, or ws:// on this machine." };
    private static readonly Argument<string?> Database = new("database") { Description = "A replica's folder, or a Kuzu database, which is adopted the first time.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<double> Seconds = new("--every") { Description = "How often the hub is asked for news, in seconds.", HelpName = "seconds", DefaultValueFactory = _ => 1 };

    public static Command Create() => new Command("watch", "Keep this replica and a hub in agreement until interrupted.") { Address, Database, Seconds, SyncVerb.PlainText, SharedOptions.Replica }.Does(RunAsync);

    private static async Task<ExitCode> RunAsync(Invocation invocation)
    {
        var (address, seconds) = (HubAddress.Parse(invocation.Of(Address)!), invocation.Of(Seconds));
        if (seconds is not (> 0 and < 86_400)) throw new ToolException(ExitCode.Usage, "--every has to be positive, and less than a day.");
        var home = await DatabaseAdoption.HomeOfAsync(invocation, invocation.Of(Database)).ConfigureAwait(false);
        var hub = new HubConnection(home, address, invocation.Of(SyncVerb.PlainText));
        await hub.SyncAsync(null, null, invocation.Cancellation).ConfigureAwait(false); // learns what types there are
        var replica = await home.OpenAsync(invocation.Cancellation).ConfigureAwait(false);
        await using var closing = replica.ConfigureAwait(false);
        invocation.Output.Say($"Watching {address}; Ctrl-C ends it.");
        var gossip = new GossipOptions { Interval = TimeSpan.FromSeconds(seconds), AntiEntropyInterval = TimeSpan.FromSeconds(seconds), Contacts = new ActualProgress<GossipContact>(contact => Say(invocation, address, contact)) };
        try
        {
            await replica.KeepConnectedAsync(hub.Peers, gossip, invocation.Cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (invocation.Cancellation.IsCancellationRequested)
        {
            // That is how it ends.
        }

        return ExitCode.Done;
    }

    private static void Say(Invocation invocation, Uri address, GossipContact contact)
    {
        if (contact.Error is { } error) invocation.Output.Say($"{DateTime.Now:T} {error.Message}");
        else if (contact.Session is { Mode: not Sync.Sessions.SyncMode.Equal } session)
            invocation.Output.ReportLine(SyncVerb.Describe(address, session), $"{DateTime.Now:T} {session.Received.Events + session.Received.Entities:N0} received, {session.Sent.Events + session.Sent.Entities:N0} sent, {session.ConflictsResolved:N0} conflicts");
    }
}
