namespace Crdt.Kuzu.Projecting;

/// <summary>Goes through one statement as the engine's lexer does: quotes, backticks and comments hide what is in them.</summary>
internal sealed class CypherScanner(string text, int start)
{
    // Enough to tell what kind of statement it is.
    private const int MaxWords = 4;

    private readonly List<string> _words = [];
    private readonly HashSet<string> _parameters = [];
    private readonly List<(Range Place, string Name)> _places = [];

    /// <summary>Where it is: at the end of the statement, its semicolon or the end of the text.</summary>
    public int Position { get; private set; } = start;

    /// <summary>The first words.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>The names after dollar signs.</summary>
    public IReadOnlySet<string> Parameters => _parameters;

    /// <summary>Where those names stand in the text, dollar signs included.</summary>
    public IReadOnlyList<(Range Place, string Name)> Places => _places;

    public void ToEnd()
    {
        while (Position < text.Length && text[Position] != ';') Step();
        Position = Math.Min(Position, text.Length);
    }

    private void Step()
    {
        switch (text[Position])
        {
            case '\'' or '"': SkipQuoted(hasEscapes: true); break;
            case '`': SkipQuoted(hasEscapes: false); break;
            case '/' when Follows('/'): SkipTo("\n"); break;
            case '/' when Follows('*'): SkipTo("*/"); break;
            case '$': ReadParameter(); break;
            case var letter when IsInWord(letter): ReadWord(); break;
            default: Position++; break;
        }
    }

    private void SkipQuoted(bool hasEscapes)
    {
        var quote = text[Position++];
        while (Position < text.Length && text[Position] != quote) Position += hasEscapes && text[Position] == '\\' ? 2 : 1;
        Position++;
        if (_words.Count < MaxWords) _words.Add(quote.ToString());
    }

    private void SkipTo(string end)
    {
        var at = text.IndexOf(end, Position + 2, StringComparison.Ordinal);
        Position = at < 0 ? text.Length : at + end.Length;
    }

    private void ReadParameter()
    {
        var begin = ++Position;
        var isQuoted = begin < text.Length && text[begin] == '`';
        if (isQuoted) SkipQuoted(hasEscapes: false);
        else SkipWord();
        var name = isQuoted ? text[(begin + 1)..Math.Max(begin + 1, Math.Min(Position, text.Length) - 1)] : text[begin..Position];
        _parameters.Add(name);
        _places.Add(((begin - 1)..Math.Min(Position, text.Length), name));
    }

    private void ReadWord()
    {
        var begin = Position;
        SkipWord();
        if (_words.Count < MaxWords) _words.Add(text[begin..Position]);
    }

    private void SkipWord()
    {
        while (Position < text.Length && IsInWord(text[Position])) Position++;
    }

    private bool Follows(char next) => Position + 1 < text.Length && text[Position + 1] == next;

    private static bool IsInWord(char letter) => char.IsLetterOrDigit(letter) || letter == '_';
}
