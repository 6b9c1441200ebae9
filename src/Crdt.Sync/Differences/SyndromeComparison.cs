namespace Crdt.Sync.Differences;

/// <summary>
/// Compares two sets by their syndromes: all that only one of them has, where that is less than there are syndromes, or nothing. What the peer's syndromes say may be lies: what is said to be only
/// here is here, and what is said to be only there has to be looked up there.
/// </summary>
internal sealed class SyndromeComparison
{
    private readonly List<ulong> _onlyHere = [], _onlyThere = [];

    /// <param name="here">This side's syndromes.</param>
    /// <param name="there">The other side's, as many.</param>
    /// <param name="countHere">How often this side has an item.</param>
    /// <param name="more">How many items more the other side has.</param>
    public SyndromeComparison(ReadOnlySpan<ulong> here, ReadOnlySpan<ulong> there, Func<ulong, int> countHere, long more)
    {
        if (here.Length != there.Length) throw new ArgumentException($"{there.Length} syndromes can't be compared with {here.Length}.", nameof(there));
        Comparisons = here.Length;
        var difference = new ulong[here.Length];
        for (var i = 0; i < difference.Length; i++) difference[i] = here[i] ^ there[i];
        if (SyndromeDecoder.Decode(difference) is not { } items) return;
        IsComplete = items.All(item => Place(item, countHere(item))) && _onlyThere.Count - _onlyHere.Count == more;
    }

    /// <summary>Whether every difference was found. If not, nothing is known, but that there are at least as many as there are syndromes, unless the peer lies.</summary>
    public bool IsComplete { get; }

    /// <summary>How many syndromes were compared, and how many items were held against the syndromes and looked up.</summary>
    public int Comparisons { get; private set; }

    /// <summary>Items that only this side has.</summary>
    public IReadOnlyList<ulong> OnlyHere => _onlyHere;

    /// <summary>Items that only the other side has.</summary>
    public IReadOnlyList<ulong> OnlyThere => _onlyThere;

    // Two of one item cancel each other out, so of an item that is here twice nobody knows how many the other side has.
    private bool Place(ulong item, int count)
    {
        Comparisons += 2;
        (count == 0 ? _onlyThere : _onlyHere).Add(item);
        return count <= 1;
    }
}
