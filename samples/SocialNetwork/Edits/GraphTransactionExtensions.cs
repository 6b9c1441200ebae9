using Crdt.Entities;
using Crdt.Sync.Transactions;

namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>Reading what has to be there.</summary>
internal static class GraphTransactionExtensions
{
    /// <summary>An entity that the plan knows to exist.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static async ValueTask<T> RequireAsync<T>(this GraphTransaction tx, EntityId id, CancellationToken cancellationToken)
        where T : class, IEntity<T> =>
        await tx.GetAsync<T>(id, cancellationToken) ?? throw new InvalidOperationException($"The {T.EntityType.Name} {id} that is to be edited isn't there.");
}
