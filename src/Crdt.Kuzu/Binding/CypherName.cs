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

    // The grammar of 0.11.3 takes the other keywords as names.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "ACYCLIC", "ALL", "AND", "ANY", "ASC", "ASCENDING", "CASE", "CAST", "COLUMN", "COMMIT_SKIP_CHECKPOINT", "CREATE", "DBTYPE", "DEFAULT", "DESC",
        "DESCENDING", "DISTINCT", "ELSE", "END", "ENDS", "EXISTS", "FALSE", "GLOB", "GROUP", "HEADERS", "HINT", "IN", "INSTALL", "JOIN", "MACRO",
        "MULTI_JOIN", "NONE", "NOT", "NULL", "ON", "ONLY", "OPTIONAL", "OR", "ORDER", "PRIMARY", "PROFILE", "ROLLBACK_SKIP_CHECKPOINT", "SHORTEST",
        "SINGLE", "STARTS", "TABLE", "THEN", "TRAIL", "TRUE", "UNION", "UNWIND", "WHEN", "WHERE", "WITH", "WSHORTEST", "XOR",
    };

    /// <summary>The name between backticks, which the engine then takes as it is, keywords included.</summary>
    /// <param name="name">
    /// A letter or underscore, then letters, digits and underscores, of any script. That leaves out backticks, quotes, blanks and
    /// control characters, and so every way out of the quotes.
    /// </param>
    /// <exception cref="ArgumentException">The name is anything else, or longer than <see cref="MaxLength"/>.</exception>
    public static string Quote(string name)
    {
        Require(name);
        return $"`{name}`";
    }

    /// <summary>
    /// The name of a struct's field in the struct's type, as it is. The engine would keep backticks as a part of the name, under which no
    /// query finds the field.
    /// </summary>
    /// <param name="name">What <see cref="Quote"/> takes, but for the keywords that are no names without backticks.</param>
    /// <exception cref="ArgumentException">The name is anything else, longer than <see cref="MaxLength"/>, or such a keyword.</exception>
    public static string Field(string name)
    {
        Require(name);
        return IsReserved(name) ? throw new ArgumentException($"'{name}' is a keyword, which can't be the name of a struct's field.", nameof(name)) : name;
    }

    /// <summary>Whether a name is a keyword that has to be quoted wherever it occurs.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name);

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

    private static void Require(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!IsValid(name))
            throw new ArgumentException(
                $"'{Printable(name)}' is no name for a table or property: it takes a letter or '_', then letters, digits and '_', "
                + $"{MaxLength} at most.", nameof(name));
    }

    private static string Printable(string name) =>
        string.Concat(name.Take(MaxLength).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
}
