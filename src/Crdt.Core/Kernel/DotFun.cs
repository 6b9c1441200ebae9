using Crdt.Clocks;

namespace Crdt.Kernel;

/// <summary>
/// Dots with a payload each, in canonical order: the store from which registers, counters and, with no payload, liveness
/// and the elements of sets are made (<c>DotFun</c> and <c>DotSet</c> of Almeida et al., 2018). Immutable.
/// </summary>
/// <typeparam name="T">The payload. The same dot always has the same one.</typeparam>
public readonly struct DotFun<T>
{
    private const int Few = 8;

    private readonly KeyValuePair<Dot, T>[]? _entries;

    private DotFun(KeyValuePair<Dot, T>[] entries) => _entries = entries;

    /// <summary>A store of one dot.</summary>
    public DotFun(Dot dot, T payload) => _entries = [new(dot, payload)];

    /// <summary>The entries, ascending by dot.</summary>
    public ReadOnlySpan<KeyValuePair<Dot, T>> Entries => _entries;

    /// <summary>How many dots there are.</summary>
    public int Count => _entries?.Length ?? 0;

    /// <summary>Whether there is no dot.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>Whether there is such a dot. O(log n).</summary>
    public bool Contains(Dot dot)
    {
        int low = 0, high = Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = _entries![middle].Key.CompareTo(dot);
            if (order == 0) return true;
            if (order < 0) low = middle + 1; else high = middle - 1;
        }

        return false;
    }

    /// <summary>A store of entries that ascend by dot already.</summary>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static DotFun<T> FromSorted(ReadOnlySpan<KeyValuePair<Dot, T>> entries)
    {
        for (var i = 1; i < entries.Length; i++)
        {
            if (entries[i - 1].Key.CompareTo(entries[i].Key) >= 0) throw new ArgumentException("The dots don't ascend.", nameof(entries));
        }

        return entries.IsEmpty ? default : new(entries.ToArray());
    }

    /// <summary>Takes over an array that nobody else changes and whose entries ascend by dot.</summary>
    internal static DotFun<T> Adopt(KeyValuePair<Dot, T>[] ascending) => ascending.Length == 0 ? default : new(ascending);

    /// <summary>The store with one dot more. O(n).</summary>
    public DotFun<T> With(Dot dot, T payload)
    {
        var at = 0;
        while (at < Count && _entries![at].Key.CompareTo(dot) < 0) at++;
        var entries = new KeyValuePair<Dot, T>[Count + 1];
        Entries[..at].CopyTo(entries);
        entries[at] = new(dot, payload);
        Entries[at..].CopyTo(entries.AsSpan(at + 1));
        return new(entries);
    }

    /// <summary>The part of the store whose dots <paramref name="context"/> contains. O(n), without a copy where that is all.</summary>
    public DotFun<T> Within(ICausalContext context) => Where(context, contained: true);

    /// <summary>The part of the store whose dots <paramref name="context"/> does not contain. O(n).</summary>
    public DotFun<T> Without(ICausalContext context) => Where(context, contained: false);

    private DotFun<T> Where(ICausalContext context, bool contained)
    {
        var kept = 0;
        foreach (ref readonly var entry in Entries)
        {
            if (context.Contains(entry.Key) == contained) kept++;
        }

        if (kept == Count) return this;
        if (kept == 0) return default;
        var entries = new KeyValuePair<Dot, T>[kept];
        var next = 0;
        foreach (ref readonly var entry in Entries)
        {
            if (context.Contains(entry.Key) == contained) entries[next++] = entry;
        }

        return new(entries);
    }

    /// <summary>Adds every dot to <paramref name="context"/>.</summary>
    public void CollectDots(CausalContext context)
    {
        if (Count < Few)
        {
            foreach (ref readonly var entry in Entries) context.Add(entry.Key);
            return;
        }

        // Added one by one they might each move all that follows; at the end of a context of their own they don't.
        var dots = new CausalContext();
        foreach (ref readonly var entry in Entries) dots.Add(entry.Key);
        context.UnionWith(dots);
    }

    /// <summary>Adds every dot to <paramref name="dots"/>.</summary>
    public void CollectDots(List<Dot> dots)
    {
        foreach (ref readonly var entry in Entries) dots.Add(entry.Key);
    }

    /// <summary>
    /// The join of two causal stores: a dot that both hold stays, and so does one that a single side holds and the other
    /// has not seen. O(n + m) look-ups in the contexts.
    /// </summary>
    /// <param name="mine">One store.</param>
    /// <param name="myContext">What that side has seen.</param>
    /// <param name="theirs">The other store.</param>
    /// <param name="theirContext">What the other side has seen.</param>
    /// <param name="removed">Takes the dots of <paramref name="mine"/> that are gone, where the caller wants to know.</param>
    public static DotFun<T> Join(DotFun<T> mine, ICausalContext myContext, DotFun<T> theirs, ICausalContext theirContext, List<Dot>? removed = null)
    {
        if (theirs.IsEmpty && mine.IsEmpty) return default;
        var joined = new KeyValuePair<Dot, T>[mine.Count + theirs.Count];
        int i = 0, j = 0, count = 0;
        while (i < mine.Count || j < theirs.Count)
        {
            var order = i == mine.Count ? 1 : j == theirs.Count ? -1 : mine._entries![i].Key.CompareTo(theirs._entries![j].Key);
            if (order == 0)
            {
                joined[count++] = mine._entries![i++];
                j++;
            }
            else if (order < 0)
            {
                var entry = mine._entries![i++];
                if (!theirContext.Contains(entry.Key)) joined[count++] = entry;
                else removed?.Add(entry.Key);
            }
            else
            {
                var entry = theirs._entries![j++];
                if (!myContext.Contains(entry.Key)) joined[count++] = entry;
            }
        }

        if (count == 0) return default;
        return new(count == joined.Length ? joined : joined[..count]);
    }
}
