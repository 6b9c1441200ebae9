using Crdt.Entities;

namespace Crdt.Projection;

/// <summary>
/// What leads a projection from one watermark to a later one. Every entity occurs once; creations are of rows that the
/// database doesn't have, updates and deletions of rows that it has; only in a part of a rebuild deletions may be of rows that it hasn't, and are passed
/// over then. To be applied in the order of the members: a deleted node takes along whatever relationships of it are left.
/// </summary>
/// <param name="Watermark">The revision of the truth that the database shows afterwards; null for a part of a rebuild that isn't its last.</param>
/// <param name="DeletedRelationships">Relationships whose row goes, though both their ends stay.</param>
/// <param name="DeletedNodes">Nodes whose row goes, with all their relationships.</param>
/// <param name="CreatedNodes">Nodes that get a row.</param>
/// <param name="UpdatedNodes">Nodes whose row changes.</param>
/// <param name="CreatedRelationships">Relationships that get a row; both ends have one by then.</param>
/// <param name="UpdatedRelationships">Relationships whose row changes.</param>
public sealed record ProjectionBatch(
    long? Watermark,
    IReadOnlyList<EntityId> DeletedRelationships,
    IReadOnlyList<EntityId> DeletedNodes,
    IReadOnlyList<ProjectedEntity> CreatedNodes,
    IReadOnlyList<ProjectedEntity> UpdatedNodes,
    IReadOnlyList<ProjectedEntity> CreatedRelationships,
    IReadOnlyList<ProjectedEntity> UpdatedRelationships);
