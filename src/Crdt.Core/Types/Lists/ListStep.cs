using Crdt.Clocks;

namespace Crdt.Types.Lists;

/// <summary>
/// One step of a position: to the left or right of what the steps before it lead to, to a run of items that one replica
/// inserted next to each other, and along that run.
/// </summary>
/// <param name="IsRight">Which side of the parent the run is on.</param>
/// <param name="Rank">Orders runs on one side of one parent: the greater, the farther from the parent. Mostly 0.</param>
/// <param name="Run">The write that began the run.</param>
/// <param name="Offset">Where in the run: below 0 what was put before its first item, above 0 what was put behind it.</param>
public readonly record struct ListStep(bool IsRight, ulong Rank, Dot Run, long Offset)
{
    /// <summary>Whether both are on one run; where they are depends on the offset alone then.</summary>
    public bool IsOnRunOf(in ListStep other) => IsRight == other.IsRight && Rank == other.Rank && Run == other.Run;

    /// <summary>The order of two items whose positions differ in this step first.</summary>
    public int CompareTo(in ListStep other)
    {
        if (IsRight != other.IsRight) return IsRight ? 1 : -1;
        var order = Rank.CompareTo(other.Rank);
        if (order == 0) order = Run.CompareTo(other.Run);
        if (order != 0) return IsRight ? order : -order;
        return Offset.CompareTo(other.Offset);
    }
}
