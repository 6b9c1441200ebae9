using Crdt.Schema;
using Crdt.Sync.Gossip;

namespace Crdt.AspNetCore.Hosting;

/// <summary>The replica of a host, and the peers that it is kept in step with.</summary>
public sealed class CrdtReplicaOptions
{
    /// <summary>Its name for people; it also names the folder of its files where <see cref="Replica"/> doesn't.</summary>
    public string Name { get; set; } = "";

    /// <summary>The types of the graph; null where the replica has no classes and takes those that its store knows, or learns them from its peers.</summary>
    public GraphSchema? Schema { get; set; }

    /// <summary>What the graph is called: replicas that are to sync have one name. It has to be given where <see cref="Schema"/> isn't.</summary>
    public string? Graph { get; set; }

    /// <summary>Chooses the store and, where there is to be one, the graph database: <c>replica =&gt; replica.UseSqlite()</c>. Required.</summary>
    public Action<GraphReplicaOptions>? Replica { get; set; }

    /// <summary>
    /// Whether types and fields that only a peer knows are added to those of the replica, so that it keeps their lanes and shows them in its graph database. Then the replica is opened anew, which
    /// ends the sessions that are under way. By default only a hub does.
    /// </summary>
    public bool LearnsTypes { get; set; }

    /// <summary>The peers that the replica keeps itself in step with, by name; none by default. Addresses begin with <c>wss://</c>, or with <c>ws://</c> on this machine.</summary>
    public IDictionary<string, Uri> Peers { get; } = new Dictionary<string, Uri>(StringComparer.Ordinal);

    /// <summary>How peers are reached: tokens and certificates.</summary>
    public WebSocketPeersOptions Connections { get; set; } = new();

    /// <summary>How often peers are contacted.</summary>
    public GossipOptions Gossip { get; set; } = new();
}
