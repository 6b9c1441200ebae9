using Crdt.Signing;

namespace Crdt.Sync;

/// <content>What the replica signs.</content>
public sealed partial class GraphReplica
{
    /// <summary>Proves that this replica has the key that its id follows from, for instance to a hub that lets it in.</summary>
    /// <param name="challenge">What to sign, which the other side has given out for this once.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The proof; null where nothing is signed under this replica's id, because it was made with <see cref="GraphReplicaOptions.SignsEvents"/> off.</returns>
    /// <exception cref="ObjectDisposedException">The replica is closed.</exception>
    public ValueTask<IdentityProof?> ProveIdentityAsync(ReadOnlyMemory<byte> challenge, CancellationToken cancellationToken = default) => _truth.ProveAsync(challenge, isForSession: false, cancellationToken);
}
