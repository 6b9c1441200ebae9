using Crdt.Sync.Differences;

namespace Crdt.Sync.Sessions;

/// <summary>
/// What the search for the difference of two lanes begins with: syndromes where few differences are to be expected, cells otherwise. Both sides work it out from both
/// introductions. An expectation that was wrong costs one round more, and no more than that.
/// </summary>
/// <param name="Syndromes">How many syndromes go first; 0 where cells do.</param>
/// <param name="Cells">How many cells are the first to go, at the beginning or once syndromes didn't do.</param>
internal readonly record struct SearchPlan(int Syndromes, int Cells)
{
    /// <summary>So few syndromes are always worth it: less than a hundred bytes.</summary>
    private const int FewestSyndromes = 8;

    /// <summary>An entity that was changed or added lacks a few writes.</summary>
    private const int WritesPerEntity = 4;

    private const int FewestDifferences = 10;

    /// <summary>The plan for two sets.</summary>
    /// <param name="more">How many entities one side has more than the other: so many differ at least.</param>
    /// <param name="lacking">How many writes one side or the other lacks.</param>
    public static SearchPlan For(long more, long lacking)
    {
        more = Math.Abs(more);
        // An entity that was changed makes two items, one on each side; one that was added makes one.
        var items = more + (2 * Math.Max(0, (lacking / WritesPerEntity) - more));
        if (items <= SyndromeSketch.Capacity - SyndromeDecoder.Spare)
        {
            // Where syndromes don't do, more items differ than there were syndromes.
            var most = Math.Min((2 * lacking) + SyndromeDecoder.Spare, SyndromeSketch.Capacity);
            return new((int)Math.Max(most, FewestSyndromes), CellPlan.FirstPiece(2 * SyndromeSketch.Capacity));
        }

        var differences = (int)Math.Clamp(Math.Max(more, lacking / WritesPerEntity), FewestDifferences, CellRun.Limit / 2);
        return new(0, Math.Min(CellPlan.FirstPiece(differences), CellPrefix.Length));
    }
}
