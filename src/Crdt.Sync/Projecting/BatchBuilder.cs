using Crdt.Entities;
using Crdt.Projection;

namespace Crdt.Sync.Projecting;

/// <summary>Sorts entities into the lists of a batch.</summary>
internal sealed class BatchBuilder
{
    private readonly List<EntityId> _deletedRelationships = [];
    private readonly List<EntityId> _deletedNodes = [];
    private readonly List<ProjectedEntity> _createdNodes = [];
    private readonly List<ProjectedEntity> _updatedNodes = [];
    private readonly List<ProjectedEntity> _createdRelationships = [];
    private readonly List<ProjectedEntity> _updatedRelationships = [];

    public void AddNode(EntityId id, ReadOnlyMemory<byte> state, Existence node)
    {
        if (node is { Was: false, Is: true }) _createdNodes.Add(new(id, state));
        else if (node is { Was: true, Is: true }) _updatedNodes.Add(new(id, state));
        else if (node is { Was: true, Is: false }) _deletedNodes.Add(id);
    }

    public void AddRelationship(EntityId id, ReadOnlyMemory<byte> state, Existence row, bool endsAreAlive)
    {
        if (row is { Was: false, Is: true }) _createdRelationships.Add(new(id, state));
        else if (row is { Was: true, Is: true }) _updatedRelationships.Add(new(id, state));
        else if (row.Was && endsAreAlive) _deletedRelationships.Add(id); // Otherwise it goes with its end.
    }

    public ProjectionBatch Build(long? watermark) =>
        new(watermark, _deletedRelationships, _deletedNodes, _createdNodes, _updatedNodes, _createdRelationships, _updatedRelationships);
}
