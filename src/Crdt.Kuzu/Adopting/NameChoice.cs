using System.Text;
using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Tables;
using Crdt.Schema;

namespace Crdt.Kuzu.Adopting;

/// <summary>
/// Gives names of the adopted database to types, columns and members. Most stay; the others are altered until the engine and the schema take
/// them, the same on every machine. A name that may stay is never altered for the sake of one that may not.
/// </summary>
internal static class NameChoice
{
    // Leaves room for what is put behind a name to tell it from another.
    private const int Longest = CypherName.MaxLength - 8;

    /// <summary>Names for tables.</summary>
    /// <param name="wanted">What they are called.</param>
    /// <param name="taken">Names that others have already.</param>
    public static IReadOnlyList<string> Tables(IReadOnlyList<string> wanted, IEnumerable<string> taken) => Choose(wanted, [TableNames.Watermark, .. taken], _ => false);

    /// <summary>Names for columns.</summary>
    public static IReadOnlyList<string> Columns(IReadOnlyList<string> wanted) => Choose(wanted, TableNames.ReservedColumns, _ => false);

    /// <summary>Names for the members of a record, which become fields of a struct, whose names can't be quoted.</summary>
    public static IReadOnlyList<string> Members(IReadOnlyList<string> wanted) => Choose(wanted, [], CypherName.IsReserved);

    private static string[] Choose(IReadOnlyList<string> wanted, IEnumerable<string> reserved, Predicate<string> isRefused)
    {
        var taken = new HashSet<string>(reserved, StringComparer.OrdinalIgnoreCase);
        var numbers = taken.Select(SchemaHash.Of).ToHashSet();
        var chosen = new string[wanted.Count];
        for (var i = 0; i < chosen.Length; i++)
        {
            if (CypherName.IsValid(wanted[i]) && TryTake(wanted[i])) chosen[i] = wanted[i];
        }

        for (var i = 0; i < chosen.Length; i++) chosen[i] ??= Variants(Cleaned(wanted[i])).First(TryTake);
        return chosen;

        // Fields and types travel under a number made from their name, which has to differ too.
        bool TryTake(string name) => !isRefused(name) && !taken.Contains(name) && numbers.Add(SchemaHash.Of(name)) && taken.Add(name);
    }

    private static string Cleaned(string name)
    {
        var cleaned = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (cleaned.Length >= Longest - 1) break;
            if (cleaned.Length == 0 && Rune.IsDigit(rune)) cleaned.Append('_');
            cleaned.Append(Rune.IsLetterOrDigit(rune) && CypherName.IsValid($"_{rune}") ? rune.ToString() : "_");
        }

        return cleaned.Length == 0 ? "_" : cleaned.ToString();
    }

    private static IEnumerable<string> Variants(string name)
    {
        yield return name;
        yield return name + "_";
        for (var i = 2; ; i++) yield return FormattableString.Invariant($"{name}_{i}");
    }
}
