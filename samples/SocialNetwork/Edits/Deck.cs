namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>Things in a random order, drawn without putting any back, so that whatever is drawn for one purpose isn't drawn for another.</summary>
internal sealed class Deck<T>
{
    private readonly T[] _cards;
    private int _drawn;

    public Deck(IEnumerable<T> cards, Random random)
    {
        _cards = [.. cards];
        random.Shuffle(_cards);
    }

    /// <summary>What hasn't been drawn.</summary>
    public ReadOnlySpan<T> Rest => _cards.AsSpan(_drawn);

    /// <summary>The next ones; fewer where there aren't so many.</summary>
    public IReadOnlyList<T> Draw(int count)
    {
        var drawn = _cards.Skip(_drawn).Take(count).ToList();
        _drawn += drawn.Count;
        return drawn;
    }
}
