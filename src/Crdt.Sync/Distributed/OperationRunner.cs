using Crdt.Codec;
using Crdt.Dynamic;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Sync.Connections;
using Crdt.Sync.Transactions;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Distributed;

/// <summary>
/// Runs the operations of a distributed transaction on what a replica holds, and finds what speaks against them: participants do it for nothing, before
/// they vote, and the coordinator once more when it decides.
/// </summary>
/// <param name="transaction">A transaction of its own; to be committed, or not.</param>
/// <param name="truth">What the replica holds; nobody else changes it meanwhile.</param>
/// <param name="schema">The types.</param>
internal sealed class OperationRunner(GraphTransaction transaction, HeldTruth truth, GraphSchema schema)
{
    /// <summary>Whether the event would be this replica's own, so that bounded counters are counted with its rights. Others need none: they only apply it.</summary>
    public bool IsCoordinator { private get; init; } = true;

    /// <summary>Runs them in order, as far as nothing speaks against them. O(operations, and relationships of the nodes that are connected by a type with a multiplicity).</summary>
    /// <returns>What does, as a sentence; null where nothing does.</returns>
    public async ValueTask<string?> RunAsync(IReadOnlyList<Operation> operations, CancellationToken cancellationToken)
    {
        foreach (var operation in operations)
        {
            if (await RunAsync(operation, cancellationToken).ConfigureAwait(false) is { } objection) return objection;
        }

        return await FindRivalAsync(operations, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the operations reserve: the entities that they touch, the ends of relationships that they create, and the unique values that they claim; ascending.</summary>
    public static IReadOnlyList<EntityId> EntitiesOf(IReadOnlyList<Operation> operations, GraphSchema schema)
    {
        var touched = operations.Where(operation => !operation.IsClaim).Select(operation => operation.Entity).ToHashSet();
        foreach (var operation in operations) touched.UnionWith(ClaimOperations.ReservationsOf(operation, schema));
        foreach (var created in operations.Where(operation => operation.Verb == OperationVerb.Create && operation.Entity.IsRelationship))
        {
            var (source, target) = created.Entity.Ends();
            touched.UnionWith([source, target]);
        }

        return [.. touched.Order()];
    }

    private async ValueTask<string?> RunAsync(Operation operation, CancellationToken cancellationToken)
    {
        try
        {
            var type = schema.TypeOf(operation.Entity);
            var entity = await transaction.GetEntityAsync(operation.Entity, cancellationToken).ConfigureAwait(false);
            if (operation.Verb == OperationVerb.Create) return entity is null ? await CreateAsync(type, operation.Entity, cancellationToken).ConfigureAwait(false) : $"{entity} exists already.";
            if (entity is null) return $"{NameOf(type, operation.Entity)} does not exist here.";
            if (IsCoordinator || !IsBounded(type, operation)) Write(entity, operation);
            return null;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or OverflowException or NotSupportedException or WireFormatException)
        {
            return error.Message;
        }
    }

    private async ValueTask<string?> CreateAsync(EntityType type, EntityId id, CancellationToken cancellationToken)
    {
        if (id.IsRelationship)
        {
            var (source, target) = id.Ends();
            foreach (var end in new[] { source, target })
            {
                if (await transaction.GetEntityAsync(end, cancellationToken).ConfigureAwait(false) is null) return $"{NameOf(schema.TypeOf(end), end)}, an end of the relationship, does not exist here.";
            }
        }

        transaction.Add(type, id, []);
        return null;
    }

    private static bool IsBounded(EntityType type, Operation operation) =>
        operation.Verb == OperationVerb.Increment && type.Fields.Any(field => field.Name == operation.Field && field.Kind == FieldKind.BoundedCounter);

    private static void Write(DynamicEntity entity, Operation operation)
    {
        switch (operation.Verb)
        {
            case OperationVerb.Delete:
                entity.State.Delete();
                break;
            case OperationVerb.Set:
                entity[operation.Field] = operation.Value;
                break;
            case OperationVerb.Increment:
                entity.Increment(operation.Field, operation.Amount);
                break;
            case OperationVerb.Add:
                entity.Add(operation.Field, operation.Key!);
                break;
            case OperationVerb.Remove:
                entity.Remove(operation.Field, operation.Key!);
                break;
            case OperationVerb.Put:
                entity.Put(operation.Field, operation.Key!, operation.Value);
                break;
            case OperationVerb.IncrementAt:
                entity.IncrementAt(operation.Field, operation.Key!, operation.Amount);
                break;
        }
    }

    /// <summary>A local transaction replaces what has the place of what it connects. One that all have to agree to doesn't.</summary>
    private async ValueTask<string?> FindRivalAsync(IReadOnlyList<Operation> operations, CancellationToken cancellationToken)
    {
        var created = operations.Where(operation => operation.Verb == OperationVerb.Create && operation.Entity.IsRelationship).Select(operation => operation.Entity).ToHashSet();
        var places = created.SelectMany(id => Place.Of(schema.TypeOf(id), id)).ToList();
        if (places.Distinct().Count() < places.Count) return "Two of the relationships take the place of one.";
        if (places.Count == 0) return null;
        var neighbourhood = new Neighbourhood(truth.Store, schema);
        foreach (var rival in await neighbourhood.ReadAtAsync(places, cancellationToken).ConfigureAwait(false))
        {
            if (created.Contains(rival) || await transaction.GetEntityAsync(rival, cancellationToken).ConfigureAwait(false) is not { } entity) continue;
            return $"{entity.Type.Name} is {entity.Type.Multiplicity}, and its place is taken by {NameOf(entity.Type, rival)}.";
        }

        return null;
    }

    private static string NameOf(EntityType type, EntityId id)
    {
        if (!id.IsRelationship) return $"{type.Name} {id.KeyOf(type)}";
        var (source, target) = id.Ends();
        return $"{type.Name} from {source} to {target}";
    }
}
