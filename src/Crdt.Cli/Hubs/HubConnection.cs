using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Crdt.AspNetCore.Authentication;
using Crdt.Cli.Replicas;
using Crdt.Signing;
using Crdt.Sync;
using Crdt.Sync.Gossip;
using Crdt.Sync.Sessions;

namespace Crdt.Cli.Hubs;

/// <summary>The way from a replica to a hub: the token for it, and the sessions over it.</summary>
/// <param name="home">The replica.</param>
/// <param name="address">The hub.</param>
/// <param name="allowsPlainText">Whether <c>ws</c> may lead to another machine.</param>
internal sealed class HubConnection(ReplicaHome home, Uri address, bool allowsPlainText)
{
    /// <summary>How often both sides may learn types of the other before they sync.</summary>
    private const int MostLessons = 4;

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>The hub as a peer, by its address.</summary>
    public WebSocketPeers Peers { get; } = new([new(address.ToString(), Secure(address, allowsPlainText))], new()
    {
        AllowsPlainText = allowsPlainText,
        Token = (_, _) => new(home.Hubs.At(address)?.Token),
    });

    /// <summary>Exchanges a one-time code for a token that is for this replica alone, and keeps that.</summary>
    public async Task<KnownHub> EnrollAsync(string code, CancellationToken cancellationToken)
    {
        var proof = await ProveAsync(code, cancellationToken).ConfigureAwait(false);
        using var http = new HttpClient();
        var request = new { code, publicKey = proof?.PublicKey.ToArray(), signature = proof?.Signature.ToArray() };
        using var answer = await http.PostAsJsonAsync(HubAddress.EnrollmentOf(address), request, Web, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            throw new ToolException(ExitCode.Refused, $"{address} doesn't take the code: {(await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)).Trim()}");
        var enrolled = await answer.Content.ReadFromJsonAsync<EnrollmentAnswer>(Web, cancellationToken).ConfigureAwait(false)
            ?? throw new ToolException(ExitCode.Refused, $"{address} doesn't answer as a hub: check the address.");
        var hub = new KnownHub(enrolled.Name, enrolled.Token, enrolled.Access, enrolled.Expires);
        home.Hubs.Add(address, hub);
        return hub;
    }

    private async ValueTask<IdentityProof?> ProveAsync(string code, CancellationToken cancellationToken)
    {
        var replica = await home.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = replica.ConfigureAwait(false);
        return await replica.ProveIdentityAsync(Encoding.UTF8.GetBytes(code), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Syncs once. Where one side knows types that the other doesn't, that side learns them first.</summary>
    public async Task<SyncResult> SyncAsync(IReadOnlyList<string>? lanes, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var replica = await home.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (var lesson = 1; ; lesson++)
            {
                try
                {
                    var result = await SyncAsync(replica, lanes, progress, cancellationToken).ConfigureAwait(false);
                    if (lesson == MostLessons || !result.Lanes.Values.Any(lane => lane.GoesOn)) return result;
                }
                catch (UnknownTypesException unknown) when (lesson < MostLessons)
                {
                    var schema = replica.Schema.Union(unknown.Schema);
                    await replica.DisposeAsync().ConfigureAwait(false);
                    replica = await home.OpenAsync(schema, cancellationToken).ConfigureAwait(false);
                }
                catch (SessionException outdated) when (outdated.Reason == SessionEnd.Outdated && lesson < MostLessons)
                {
                    // The hub has learnt types, and is opened anew with them.
                    await Task.Delay(TimeSpan.FromMilliseconds(200 * lesson), cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            await replica.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static Uri Secure(Uri address, bool allowsPlainText) => address.Scheme == "wss" || address.IsLoopback || allowsPlainText
        ? address
        : throw new ToolException(ExitCode.Usage, $"Whoever is on the way to {address} would read everything: use wss://, or --plain-text where the network is encrypted itself.");

    private async Task<SyncResult> SyncAsync(GraphReplica replica, IReadOnlyList<string>? lanes, IProgress<SyncProgress>? progress, CancellationToken cancellationToken)
    {
        var transport = await Peers.ConnectAsync(address.ToString(), cancellationToken).ConfigureAwait(false);
        await using var closing = transport.ConfigureAwait(false);
        var result = await replica.SyncAsync(transport, new SyncOptions { Peer = address.ToString(), Lanes = lanes, Progress = progress, RequiresKnownTypes = true, Patience = TimeSpan.FromMinutes(2) }, cancellationToken).ConfigureAwait(false);
        await replica.ProjectedAsync(cancellationToken).ConfigureAwait(false);
        return result;
    }
}
