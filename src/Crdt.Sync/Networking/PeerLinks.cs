using System.Collections.Concurrent;

namespace Crdt.Sync.Networking;

/// <summary>What a replica knows of the ways to its peers, since it was opened.</summary>
internal sealed class PeerLinks
{
    /// <summary>How many peers that introduce themselves are remembered: anybody can make up names.</summary>
    private const int MaxIntroduced = 4096;

    private readonly ConcurrentDictionary<string, PeerLink> _links = new(StringComparer.Ordinal);

    /// <summary>The way to a peer, whether or not it is known yet.</summary>
    public PeerLink Of(string peer) => _links.GetOrAdd(peer, static _ => new());

    /// <summary>The way to a peer by the name that it gave itself; null where there are too many already.</summary>
    public PeerLink? OfIntroduced(string name) => _links.Count < MaxIntroduced || _links.ContainsKey(name) ? Of(name) : null;

    /// <summary>How to sync with a peer, by what is known of it.</summary>
    public SyncStrategy StrategyFor(string peer) => _links.TryGetValue(peer, out var link) ? SyncStrategy.Select(link.Quality) : SyncStrategy.Immediate;

    /// <summary>A copy of what was measured, by the peers' names.</summary>
    public IReadOnlyDictionary<string, NetworkQuality> Qualities() => _links.ToDictionary(link => link.Key, link => link.Value.Quality, StringComparer.Ordinal);
}
