using System.Runtime.InteropServices;
using Crdt.Clocks;

namespace Crdt.Kernel;

/// <summary>
/// A causal context with gaps: the dots that a state standing alone, or a delta, has seen. Kept as ranges in canonical
/// order, disjoint and not adjacent, so that equal sets are equal lists. Owned by one, not safe for several threads.
/// </summary>
public sealed class CausalContext : ICausalContext
{
    private const int Few = 8;

    private List<DotRange> _ranges;
    // A clone has the same list until one of the two changes, since most of them never do.
    private bool _isShared;

    /// <summary>A context of nothing.</summary>
    public CausalContext() => _ranges = [];

    /// <summary>A context of nothing with room for so many ranges.</summary>
    internal CausalContext(int capacity) => _ranges = new(capacity);

    /// <summary>The ranges, ascending, never touching each other.</summary>
    public ReadOnlySpan<DotRange> Ranges => CollectionsMarshal.AsSpan(_ranges);

    /// <summary>Whether nothing was seen.</summary>
    public bool IsEmpty => _ranges.Count == 0;

    /// <inheritdoc/>
    /// <remarks>O(log ranges).</remarks>
    public bool Contains(Dot dot)
    {
        var index = LastStartingAtOrBefore(dot.Replica, dot.Counter);
        return index >= 0 && _ranges[index].Replica == dot.Replica && dot.Counter <= _ranges[index].Last;
    }

    /// <summary>Adds one dot.</summary>
    public void Add(Dot dot) => Add(new DotRange(dot.Replica, dot.Counter, dot.Counter));

    /// <summary>Adds a range; ranges that now overlap or touch become one. O(ranges) at worst, O(log ranges) at the end.</summary>
    /// <exception cref="ArgumentException">The range begins at 0 or ends before it begins.</exception>
    public void Add(DotRange added)
    {
        if (_isShared) (_ranges, _isShared) = ([.. _ranges], false);
        if (added.First == 0 || added.Last < added.First) throw new ArgumentException($"{added.First} to {added.Last} is not a range of dots.", nameof(added));
        var (first, last) = (added.First, added.Last);
        var start = LastStartingAtOrBefore(added.Replica, first);
        if (start < 0 || !Touches(start, added.Replica, first)) start++;
        else first = _ranges[start].First;

        var end = start;
        while (end < _ranges.Count && _ranges[end].Replica == added.Replica && _ranges[end].First - 1 <= last)
        {
            last = Math.Max(last, _ranges[end].Last);
            end++;
        }

        var merged = new DotRange(added.Replica, first, last);
        if (end == start)
        {
            _ranges.Insert(start, merged);
            return;
        }

        _ranges[start] = merged;
        if (end - start > 1) _ranges.RemoveRange(start + 1, end - start - 1);
    }

    /// <summary>Adds all of <paramref name="other"/>: the join of two contexts.</summary>
    public void UnionWith(CausalContext other)
    {
        if (ReferenceEquals(this, other)) return;
        if (other._ranges.Count <= Few)
        {
            foreach (var range in other.Ranges) Add(range);
            return;
        }

        // Inserted one after the other, many ranges would each move all that follow.
        (_ranges, _isShared) = (Union(this, other)._ranges, false);
    }

    /// <summary>The join of two contexts, as a third one. O(ranges).</summary>
    public static CausalContext Union(CausalContext left, CausalContext right)
    {
        var (mine, theirs) = (left._ranges, right._ranges);
        var merged = new CausalContext(mine.Count + theirs.Count);
        int i = 0, j = 0;
        while (i < mine.Count || j < theirs.Count)
        {
            var isMine = j == theirs.Count || (i < mine.Count && Compare(mine[i], theirs[j]) <= 0);
            merged.Add(isMine ? mine[i++] : theirs[j++]);
        }

        return merged;
    }

    /// <summary>Adds dots in any order; the list is sorted on the way. O(dots log dots + ranges).</summary>
    public void AddAll(List<Dot> dots)
    {
        dots.Sort();
        var ranges = 0;
        for (var i = 0; i < dots.Count; i++)
        {
            if (i == 0 || dots[i].Replica != dots[i - 1].Replica || dots[i].Counter - dots[i - 1].Counter > 1) ranges++;
        }

        var added = new CausalContext(ranges);
        foreach (var dot in dots) added.Add(dot);
        UnionWith(added);
    }

    /// <summary>Adds everything that a vector covers.</summary>
    public void UnionWith(VersionVector vector)
    {
        foreach (var (replica, counter) in vector.Entries) Add(new DotRange(replica, 1, counter));
    }

    /// <summary>Adds to <paramref name="news"/> whatever <paramref name="other"/> has and this context lacks.</summary>
    public void CollectMissing(CausalContext other, CausalContext news)
    {
        var missing = new CausalContext();
        foreach (var range in other.Ranges) CollectMissing(range, missing);
        news.UnionWith(missing);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => (_ranges, _isShared) = ([], false);

    /// <summary>An independent copy. O(1); the first change to either of them is O(ranges).</summary>
    public CausalContext Clone()
    {
        _isShared = true;
        return new CausalContext { _ranges = _ranges, _isShared = true };
    }

    /// <inheritdoc/>
    public override string ToString() => "{" + string.Join(", ", _ranges.Select(r => $"{r.Replica}:{r.First}-{r.Last}")) + "}";

    private void CollectMissing(DotRange wanted, CausalContext news)
    {
        var next = wanted.First;
        for (var i = Math.Max(0, LastStartingAtOrBefore(wanted.Replica, wanted.First)); i < _ranges.Count; i++)
        {
            var mine = _ranges[i];
            if (mine.Replica != wanted.Replica)
            {
                if (mine.Replica.CompareTo(wanted.Replica) > 0) break;
                continue;
            }

            if (mine.First > wanted.Last) break;
            if (mine.First > next) news.Add(new DotRange(wanted.Replica, next, mine.First - 1));
            if (mine.Last >= wanted.Last) return;
            next = Math.Max(next, mine.Last + 1);
        }

        news.Add(new DotRange(wanted.Replica, next, wanted.Last));
    }

    private static int Compare(DotRange left, DotRange right)
    {
        var byReplica = left.Replica.CompareTo(right.Replica);
        return byReplica != 0 ? byReplica : left.First.CompareTo(right.First);
    }

    private bool Touches(int index, ReplicaId replica, ulong first) =>
        _ranges[index].Replica == replica && _ranges[index].Last >= first - 1;

    private int LastStartingAtOrBefore(ReplicaId replica, ulong counter)
    {
        var ranges = CollectionsMarshal.AsSpan(_ranges);
        int low = 0, high = ranges.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = ranges[middle].Replica.CompareTo(replica);
            if (order < 0 || (order == 0 && ranges[middle].First <= counter)) low = middle + 1; else high = middle - 1;
        }

        return high;
    }
}
