using System.Collections.Immutable;
using Crdt.Clocks;
using Crdt.Sync.Commit;

namespace Crdt.Sync.Distributed;

/// <summary>The ways to the peers that stand ready for distributed transactions, by their ids, also by those that they had before.</summary>
internal sealed class CommitLinks
{
    private ImmutableDictionary<ReplicaId, CommitLink> _links = ImmutableDictionary<ReplicaId, CommitLink>.Empty;

    /// <summary>The peers, by the ids that they have now.</summary>
    public IReadOnlyList<ReplicaId> Peers => [.. _links.Values.Select(link => link.Peer).Distinct().Order()];

    /// <summary>Is told after a way has opened or closed.</summary>
    public Action Changed { get; set; } = static () => { };

    /// <summary>Whether there is a way to a replica that writes under this id now.</summary>
    public bool Reach(ReplicaId replica) => _links.TryGetValue(replica, out var link) && link.Peer == replica;

    /// <summary>What a replica that can be reached is called now, where this is an id that it had before; null otherwise.</summary>
    public ReplicaId? SuccessorOf(ReplicaId former) => _links.TryGetValue(former, out var link) && link.Peer != former ? link.Peer : null;

    /// <summary>Takes a way up. A newer one to the same peer takes the place of an older; an id that a peer has now comes before one that another claims to have had.</summary>
    public void Add(CommitLink link)
    {
        ImmutableInterlocked.Update(ref _links, links => links.SetItem(link.Peer, link).SetItems(link.Former.Where(id => !links.TryGetValue(id, out var other) || other.Peer != id).Select(id => KeyValuePair.Create(id, link))));
        Changed();
    }

    /// <summary>Gives a way up.</summary>
    public void Remove(CommitLink link)
    {
        ImmutableInterlocked.Update(ref _links, links => links.RemoveRange(links.Where(entry => entry.Value == link).Select(entry => entry.Key)));
        Changed();
    }

    /// <summary>Sends a message, if there is a way.</summary>
    public ValueTask SendAsync(ReplicaId to, CommitMessage message) => _links.TryGetValue(to, out var link) ? link.SendAsync(message) : ValueTask.CompletedTask;

    /// <summary>Asks for what a lane lacks: whoever wrote it, or anybody who is there.</summary>
    public async ValueTask LackAsync(ReplicaId origin, string lane)
    {
        if (_links.TryGetValue(origin, out var best)) await best.LackAsync(lane).ConfigureAwait(false);
        else foreach (var link in _links.Values.Distinct()) await link.LackAsync(lane).ConfigureAwait(false);
    }
}
