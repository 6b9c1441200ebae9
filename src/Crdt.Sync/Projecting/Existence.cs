namespace Crdt.Sync.Projecting;

/// <summary>Whether an entity was alive at a projection's watermark, and whether it is now.</summary>
internal readonly record struct Existence(bool Was, bool Is)
{
    /// <summary>Whether both were, and are.</summary>
    public Existence And(Existence other) => new(Was && other.Was, Is && other.Is);
}
