using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Crdt.AspNetCore.Endpoints;
using Crdt.AspNetCore.Hosting;
using Crdt.Sync;
using Crdt.Sync.Health;

namespace Crdt.Cli.Dashboard;

/// <summary>Reads what the dashboard shows, for all pages that show it. What takes long in a large replica is read again only where something has changed, and takes a tenth of the time at most.</summary>
internal sealed class DashboardReader(HostedReplica hosted, ConnectedPeers peers) : IDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(900);
    private readonly SemaphoreSlim _reading = new(1);
    private readonly Stopwatch _age = new();
    private Figures? _figures;
    private TimeSpan _pause;

    /// <summary>The state now, as JSON.</summary>
    public async ValueTask<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        var replica = hosted.Replica;
        var health = await replica.ReadHealthAsync(cancellationToken).ConfigureAwait(false);
        var figures = await FiguresAsync(replica, cancellationToken).ConfigureAwait(false);
        var lanes = replica.Lanes.Select(lane => new LaneRow(lane, figures.Roots.GetValueOrDefault(lane, ""), [.. replica.VectorOf(lane).Entries.Select(entry => new WriterRow(entry.Replica.ToString(), entry.Counter))]));
        var state = new DashboardState(
            replica.Name, replica.Id.ToString(), replica.Schema.Name, DateTimeOffset.UtcNow, figures.Entities, figures.Conflicts, health.OfflineQueue.Operations, [.. Worries(health)], [.. lanes], [.. peers.Now.Select(RowOf)]);
        return JsonSerializer.SerializeToUtf8Bytes(state, DashboardJson.Default.DashboardState);
    }

    /// <inheritdoc/>
    public void Dispose() => _reading.Dispose();

    private async ValueTask<Figures> FiguresAsync(GraphReplica replica, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var vectors = string.Join(' ', replica.Lanes.Select(lane => replica.VectorOf(lane)));
            if (_figures is { } known && (known.Vectors == vectors || _age.Elapsed < _pause)) return known;
            _age.Restart();
            _figures = await CountAsync(replica, vectors, cancellationToken).ConfigureAwait(false);
            _pause = TimeSpan.FromTicks(Math.Max(Shortest.Ticks, 10 * _age.Elapsed.Ticks));
            return _figures;
        }
        finally
        {
            _reading.Release();
        }
    }

    private static async ValueTask<Figures> CountAsync(GraphReplica replica, string vectors, CancellationToken cancellationToken)
    {
        var roots = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var lane in replica.Lanes) roots[lane] = (await replica.GetMerkleTreeAsync(lane, cancellationToken).ConfigureAwait(false)).Root.ToString("x32", CultureInfo.InvariantCulture);
        var counts = await replica.CountAsync(cancellationToken).ConfigureAwait(false);
        return new(vectors, roots, counts.Values.Sum(), await replica.ConflictsAsync(cancellationToken).CountAsync(cancellationToken).ConfigureAwait(false));
    }

    private static PeerRow RowOf(ConnectedPeer peer) =>
        new(peer.Peer, peer.Name, peer.Replica?.ToString(), peer.Address, peer.Since, peer.Sessions, peer.Mode?.ToString(), peer.BytesSent, peer.BytesReceived, peer.Lag);

    private static IEnumerable<string> Worries(HealthReport health)
    {
        foreach (var origin in health.Quarantined) yield return $"{origin.Origin} is in quarantine: {origin.Reason}";
        foreach (var peer in health.Diverged) yield return $"'{peer.Name}' holds different data: {peer.Reason}";
        foreach (var origin in health.Equivocations) yield return $"{origin.Origin} has signed two histories: revoke it";
        foreach (var origin in health.Held) yield return $"events of {origin.Origin} are held back: its clock is {origin.LargestLead:g} ahead";
        if (health.Projection?.Reason is { } reason) yield return $"the graph database is behind: {reason}";
    }

    /// <summary>What takes long to read.</summary>
    private sealed record Figures(string Vectors, IReadOnlyDictionary<string, string> Roots, long Entities, int Conflicts);
}
