using System.Text;

namespace Crdt.Kuzu.Binding;

/// <summary>
/// The one way a table's, property's or field's name gets into a statement. Cypher has no parameter for names, so whatever builds one
/// passes it through here.
/// </summary>
public static class CypherName
{
    /// <summary>The longest name taken, in UTF-16 units.</summary>
    public const int MaxLength = 128;

    /// <summary>The name between backticks, which the engine then takes as it is, keywords included.</summary>
    /// <param name="name">
    /// A letter or underscore, then letters, digits and underscores, of any script. That leaves out backticks, quotes, blanks and
    /// control characters, and so every way out of the quotes.
    /// </param>
    /// <exception cref="ArgumentException">The name is anything else, or longer than <see cref="MaxLength"/>.</exception>
    public static string Quote(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsValid(name))
            throw new ArgumentException(
                $"'{Printable(name)}' is no name for a table or property: it takes a letter or '_', then letters, digits and '_', "
                + $"{MaxLength} at most.", nameof(name));
        return $"`{name}`";
    }

    /// <summary>Whether <see cref="Quote"/> takes the name.</summary>
    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > MaxLength)
            return false;
        var isFirst = true;
        foreach (var rune in name.EnumerateRunes())
        {
            if (rune != new Rune('_') && !(Rune.IsLetter(rune) || (!isFirst && Rune.IsDigit(rune))))
                return false;
            isFirst = false;
        }

        return true;
    }

    private static string Printable(string name) =>
        string.Concat(name.Take(MaxLength).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}
