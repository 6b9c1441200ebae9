using Crdt.Sync.Networking;

namespace Crdt.Sync.Gossip;

/// <summary>Knows how much has changed since a peer was last contacted, and so whether a session with it is worth its round trips yet.</summary>
internal sealed class SyncBacklog
{
    private readonly Dictionary<string, (long Changed, TimeSpan At)> _contacts = new(StringComparer.Ordinal);

    /// <summary>How many entities were changed by commits, here or elsewhere, since the beginning.</summary>
    public long Changed { get; private set; }

    /// <summary>Takes note of commits.</summary>
    /// <param name="entities">How many entities they changed.</param>
    public void Add(long entities) => Changed += entities;

    /// <summary>Takes note that a peer is contacted.</summary>
    /// <returns>Whether nothing has changed since it was last contacted.</returns>
    public bool Contact(string peer, TimeSpan now)
    {
        var isRepeated = _contacts.TryGetValue(peer, out var last) && last.Changed == Changed;
        _contacts[peer] = (Changed, now);
        return isRepeated;
    }

    /// <summary>Forgets a contact that did not give the peer everything.</summary>
    public void Forget(string peer) => _contacts.Remove(peer);

    /// <summary>Whether as much waits for a peer, or for as long, as its strategy allows.</summary>
    public bool IsDue(string peer, SyncStrategy strategy, TimeSpan now) =>
        !_contacts.TryGetValue(peer, out var last) || Changed - last.Changed >= strategy.BatchSize || now - last.At >= strategy.BatchDelay;

    /// <summary>Whether something has changed since a peer was contacted.</summary>
    public bool IsBehind(string peer) => _contacts.TryGetValue(peer, out var last) && Changed > last.Changed;
}
