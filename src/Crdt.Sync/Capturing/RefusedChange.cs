using Crdt.Entities;

namespace Crdt.Sync.Capturing;

/// <summary>Something that was written into the graph database directly and can't be committed.</summary>
/// <param name="Type">The name of the entity's type.</param>
/// <param name="Entity">The entity for people: its key, or its ends and its key, or what stands in the key columns.</param>
/// <param name="Id">The entity; the default value where the key columns name none.</param>
/// <param name="Column">The column; null where it is the row as a whole.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Reason">Why it can't.</param>
public sealed record RefusedChange(string Type, string Entity, EntityId Id, string? Column, string Found, string Reason)
{
    /// <summary>A line for a log.</summary>
    public override string ToString() => $"{Type} {Entity}{(Column is null ? "" : $": {Column} is {Found}")}: {Reason}";
}
