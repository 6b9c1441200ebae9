using Crdt.Clocks;

namespace Crdt.Kernel;

/// <summary>
/// Keys, each with the dots that hold it: the store of observed-remove sets and maps (<c>DotMap</c> of Almeida et al., 2018).
/// A key without dots is not there. Owned by one.
/// </summary>
/// <typeparam name="TKey">The keys, told apart by the comparer.</typeparam>
/// <typeparam name="T">What a dot carries: <see cref="Presence"/> in a set, a write in a map.</typeparam>
/// <param name="comparer">Says which keys are the same; it has to agree with their canonical bytes.</param>
public sealed class DotMap<TKey, T>(IEqualityComparer<TKey> comparer)
    where TKey : notnull
{
    private readonly Dictionary<TKey, DotFun<T>> _entries = new(comparer);

    /// <summary>The keys with their dots, in no particular order.</summary>
    public IReadOnlyDictionary<TKey, DotFun<T>> Entries => _entries;

    /// <summary>How many keys there are.</summary>
    public int Count => _entries.Count;

    /// <summary>The dots of a key; empty where there is no such key. O(1).</summary>
    public DotFun<T> this[TKey key]
    {
        get => _entries.GetValueOrDefault(key);
        set
        {
            if (value.IsEmpty) _entries.Remove(key);
            else _entries[key] = value;
        }
    }

    /// <summary>Makes room for so many keys at once.</summary>
    internal void Reserve(int keys) => _entries.EnsureCapacity(keys);

    /// <summary>Removes every key.</summary>
    public void Clear() => _entries.Clear();

    /// <summary>Adds every dot to <paramref name="context"/>.</summary>
    public void CollectDots(CausalContext context)
    {
        // Keys are in no order, and neither are their dots: added one by one they would move each other about.
        var dots = new List<Dot>(_entries.Count);
        CollectDots(dots);
        context.AddAll(dots);
    }

    /// <summary>Adds every dot to <paramref name="dots"/>.</summary>
    public void CollectDots(List<Dot> dots)
    {
        foreach (var held in _entries.Values) held.CollectDots(dots);
    }

    /// <summary>Joins another map into this one, key by key. O(n + m).</summary>
    public void Join(ICausalContext myContext, DotMap<TKey, T> theirs, ICausalContext theirContext, List<Dot>? removed = null)
    {
        foreach (var (key, dots) in _entries)
        {
            // Setting or removing the key at hand leaves a dictionary's enumeration valid.
            this[key] = DotFun<T>.Join(dots, myContext, theirs[key], theirContext, removed);
        }

        foreach (var (key, dots) in theirs._entries)
        {
            if (!_entries.ContainsKey(key)) this[key] = DotFun<T>.Join(default, myContext, dots, theirContext);
        }
    }
}
