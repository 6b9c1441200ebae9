using System.Collections.Immutable;

namespace Crdt.Sync.Storage;

/// <summary>Reads a sorted set from somewhere in the middle.</summary>
internal static class SortedRange
{
    /// <summary>The items from <paramref name="first"/> on, in order. O(log N) for each.</summary>
    public static IEnumerable<T> From<T>(this ImmutableSortedSet<T> items, T first)
    {
        var index = items.IndexOf(first);
        for (index = index < 0 ? ~index : index; index < items.Count; index++) yield return items[index];
    }
}
