namespace Crdt.Types.Sets;

/// <content>The set operations: each is made of single additions and removals, or only reads.</content>
public sealed partial class OrSet<T, TCodec>
{
    /// <inheritdoc/>
    public void UnionWith(IEnumerable<T> other)
    {
        foreach (var item in other) Add(item);
    }

    /// <inheritdoc/>
    public void ExceptWith(IEnumerable<T> other)
    {
        foreach (var item in other.ToArray()) Remove(item);
    }

    /// <inheritdoc/>
    public void IntersectWith(IEnumerable<T> other)
    {
        var kept = ToSet(other);
        foreach (var item in this.Where(item => !kept.Contains(item)).ToArray()) Remove(item);
    }

    /// <inheritdoc/>
    public void SymmetricExceptWith(IEnumerable<T> other)
    {
        foreach (var item in ToSet(other))
        {
            if (!Remove(item)) Add(item);
        }
    }

    /// <inheritdoc cref="ISet{T}.IsSubsetOf"/>
    public bool IsSubsetOf(IEnumerable<T> other) => ToSet(this).IsSubsetOf(other);

    /// <inheritdoc cref="ISet{T}.IsSupersetOf"/>
    public bool IsSupersetOf(IEnumerable<T> other) => other.All(Contains);

    /// <inheritdoc cref="ISet{T}.IsProperSubsetOf"/>
    public bool IsProperSubsetOf(IEnumerable<T> other) => ToSet(this).IsProperSubsetOf(other);

    /// <inheritdoc cref="ISet{T}.IsProperSupersetOf"/>
    public bool IsProperSupersetOf(IEnumerable<T> other) => ToSet(this).IsProperSupersetOf(other);

    /// <inheritdoc cref="ISet{T}.Overlaps"/>
    public bool Overlaps(IEnumerable<T> other) => other.Any(Contains);

    /// <inheritdoc cref="ISet{T}.SetEquals"/>
    public bool SetEquals(IEnumerable<T> other) => ToSet(this).SetEquals(other);

    private static HashSet<T> ToSet(IEnumerable<T> items) => new(items, CanonicalComparer<T, TCodec>.Instance);
}
