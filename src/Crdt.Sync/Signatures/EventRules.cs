using Crdt.Clocks;
using Crdt.Signing;

namespace Crdt.Sync.Signatures;

/// <summary>Whose events are taken from a peer.</summary>
/// <param name="TakesUnsigned">Whether the peer is believed what it passes on of origins that have no key.</param>
internal readonly record struct EventRules(bool TakesUnsigned)
{
    /// <summary>Everybody's, as from a replica of one's own.</summary>
    public static EventRules All { get; } = new(TakesUnsigned: true);

    /// <summary>Whether the peer is believed that an event is of an origin that it names.</summary>
    public bool Takes(ReplicaId origin) => TakesUnsigned || ReplicaKey.IsSigned(origin);
}
