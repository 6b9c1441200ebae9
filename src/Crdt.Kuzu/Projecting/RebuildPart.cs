using Crdt.Projection;

namespace Crdt.Kuzu.Projecting;

/// <summary>
/// Parts of a rebuild that only create rows. The database is marked as incomplete until the last of them, so they can be cut
/// to what fits into memory: a transaction holds all that it writes in the buffer pool, about twice over.
/// </summary>
internal static class RebuildPart
{
    /// <summary>Cuts a part in two, nodes before relationships; null where it is something else, or too small for that to help.</summary>
    public static (ProjectionBatch First, ProjectionBatch Second)? Halves(ProjectionBatch batch)
    {
        var changes = batch.DeletedNodes.Count + batch.DeletedRelationships.Count + batch.UpdatedNodes.Count + batch.UpdatedRelationships.Count;
        var (nodes, relationships) = (batch.CreatedNodes.Count, batch.CreatedRelationships.Count);
        if (changes > 0 || nodes + relationships < 2) return null;
        var middle = (nodes + relationships) / 2;
        var (firstNodes, firstRelationships) = (Math.Min(nodes, middle), Math.Max(0, middle - nodes));
        return (
            batch with { Watermark = null, CreatedNodes = [.. batch.CreatedNodes.Take(firstNodes)], CreatedRelationships = [.. batch.CreatedRelationships.Take(firstRelationships)] },
            batch with { CreatedNodes = [.. batch.CreatedNodes.Skip(firstNodes)], CreatedRelationships = [.. batch.CreatedRelationships.Skip(firstRelationships)] });
    }
}
