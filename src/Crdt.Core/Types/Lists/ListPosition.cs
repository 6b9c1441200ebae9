using Crdt.Clocks;
using Crdt.Codec;

namespace Crdt.Types.Lists;

/// <summary>
/// Where an item of a list is: a path in the tree of Fugue (Weidner and Kleppmann, <i>The Art of the Fugue</i>, 2023), whose
/// in-order walk is the list. Runs that one replica types forwards or backwards share a step, and so don't interleave with
/// others that were inserted at the same place. A path contains all that its order depends on, so removed items leave nothing
/// behind. Immutable.
/// </summary>
public sealed class ListPosition : IComparable<ListPosition>
{
    /// <summary>The longest path that grows by steps; beyond it, a new item is put beside an ancestor of its neighbour.</summary>
    private const int Deep = 12;

    private readonly ListStep[] _steps;

    internal ListPosition(ListStep[] steps) => _steps = steps;

    /// <summary>The steps from the root of the tree.</summary>
    public ReadOnlySpan<ListStep> Steps => _steps;

    /// <summary>The position of what the write <paramref name="dot"/> inserts between two neighbours, either of which may be missing.</summary>
    /// <exception cref="InvalidOperationException">The neighbours are as close as positions can be.</exception>
    internal static ListPosition Between(ListPosition? left, ListPosition? right, Dot dot)
    {
        var position = right is not null && (left is null || right.IsBelow(left)) ? Before(left, right, dot) : Behind(left, right, dot);
        return position.Steps.Length <= WireLimits.ListSteps && position.Steps[^1].Rank <= WireLimits.ListRank
            ? position
            : throw new InvalidOperationException("So many items were inserted between the same two that no more fit; move one of the neighbours first.");
    }

    /// <summary>The order of the list. O(steps).</summary>
    public int CompareTo(ListPosition? other)
    {
        if (other is null) return 1;
        var mine = Steps;
        var theirs = other.Steps;
        var shared = mine.CommonPrefixLength(theirs);
        if (shared < mine.Length && shared < theirs.Length) return mine[shared].CompareTo(theirs[shared]);
        if (shared < mine.Length) return mine[shared].IsRight ? 1 : -1;
        if (shared < theirs.Length) return theirs[shared].IsRight ? -1 : 1;
        return 0;
    }

    internal void Write(ref WireWriter writer)
    {
        foreach (ref readonly var step in Steps)
        {
            writer.WriteByte(step.IsRight ? (byte)1 : (byte)0);
            writer.WriteVarint(step.Rank);
            writer.WriteReplica(step.Run.Replica);
            writer.WriteVarint(step.Run.Counter);
            writer.WriteZigZag(step.Offset);
        }
    }

    /// <summary>Reads a position that takes all of <paramref name="reader"/>.</summary>
    /// <exception cref="WireFormatException">It is none.</exception>
    internal static ListPosition Read(WireReader reader)
    {
        var steps = new List<ListStep>(1);
        while (reader.Remaining > 0)
        {
            if (steps.Count == WireLimits.ListSteps) throw reader.Malformed($"a position in a list has more than {WireLimits.ListSteps} steps");
            var side = reader.ReadByte();
            if (side > 1) throw reader.Malformed($"{side} is no side of an item");
            var rank = reader.ReadVarint();
            if (rank > WireLimits.ListRank) throw reader.Malformed($"a position in a list has the rank {rank}");
            var run = new Dot(reader.ReadReplica(), reader.ReadVarint());
            if (run.Counter == 0) throw reader.Malformed("dots count from 1");
            steps.Add(new(side == 1, rank, run, reader.ReadZigZag()));
        }

        return steps.Count > 0 ? new([.. steps]) : throw reader.Malformed("a position in a list has no steps");
    }

    // A right child of the left neighbour, or the next item of that one's run where it is the writer's own.
    private static ListPosition Behind(ListPosition? left, ListPosition? right, Dot dot)
    {
        if (left is null) return new([new(IsRight: true, 0, dot, 0)]);
        var last = left.Steps[^1];
        if (last.Offset >= 0 && IsExtensible(last, dot)) return left.With(last with { Offset = Distance(last, dot) });
        var depth = left.Steps.Length < Deep ? left.Steps.Length : DepthApart(left, right);
        var rank = depth < left.Steps.Length && left.Steps[depth].IsRight ? left.Steps[depth].Rank + 1 : 0;
        return new([.. left.Steps[..depth], new(IsRight: true, rank, dot, 0)]);
    }

    // A left child of the right neighbour, or the item before it in its run where that is the writer's own.
    private static ListPosition Before(ListPosition? left, ListPosition right, Dot dot)
    {
        var last = right.Steps[^1];
        var isRunFree = left is null || left.Steps.Length < right.Steps.Length || !left.Steps[right.Steps.Length - 1].IsOnRunOf(last);
        if (isRunFree && last.Offset <= 0 && IsExtensible(last, dot)) return right.With(last with { Offset = -Distance(last, dot) });
        var depth = right.Steps.Length < Deep ? right.Steps.Length : DepthApart(right, left);
        var rank = depth < right.Steps.Length && !right.Steps[depth].IsRight ? right.Steps[depth].Rank + 1 : 0;
        return new([.. right.Steps[..depth], new(IsRight: false, rank, dot, 0)]);
    }

    // An offset that the run's own writer can't have given is left alone: one beyond it would not be next to it.
    private static bool IsExtensible(in ListStep last, Dot dot) =>
        last.Run.Replica == dot.Replica && dot.Counter > last.Run.Counter && last.Offset > -Distance(last, dot) && last.Offset < Distance(last, dot);

    private static long Distance(in ListStep last, Dot dot) => (long)Math.Min(dot.Counter - last.Run.Counter, long.MaxValue);

    /// <summary>How many steps of a path it takes until it leads past another one for good.</summary>
    private static int DepthApart(ListPosition path, ListPosition? other) => other is null
        ? 0
        : Math.Min(path.Steps.CommonPrefixLength(other.Steps) + 1, path.Steps.Length);

    /// <summary>Whether this, which comes later, is in the part of the tree whose root is <paramref name="ancestor"/>.</summary>
    private bool IsBelow(ListPosition ancestor)
    {
        var mine = Steps;
        var theirs = ancestor.Steps;
        if (mine.Length < theirs.Length || !mine[..(theirs.Length - 1)].SequenceEqual(theirs[..^1])) return false;
        var (here, root) = (mine[theirs.Length - 1], theirs[^1]);
        if (here == root) return mine.Length > theirs.Length;
        // What was put behind an item of a run is below it.
        return root.Offset >= 0 && here.IsOnRunOf(root) && here.Offset > root.Offset;
    }

    private ListPosition With(ListStep last) => new([.. Steps[..^1], last]);
}
