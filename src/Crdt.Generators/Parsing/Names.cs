using Microsoft.CodeAnalysis.CSharp;

namespace Crdt.Generators.Parsing;

/// <summary>How names are written, and which are free.</summary>
internal static class Names
{
    private const int MaxDataName = 128;

    /// <summary>The name as C# wants it written: <c>@event</c>.</summary>
    public static string Escaped(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>A property's name as a parameter's: <c>Id</c> gives <c>id</c>, <c>IBANCode</c> gives <c>ibanCode</c>.</summary>
    public static string Camel(string name)
    {
        var upper = 0;
        while (upper < name.Length && char.IsUpper(name[upper])) upper++;
        if (upper > 1 && upper < name.Length && char.IsLower(name[upper])) upper--;
        return name.Substring(0, upper).ToLowerInvariant() + name.Substring(upper);
    }

    /// <summary>The name, or the first of its numbered forms that isn't taken; it is from now on.</summary>
    public static string Free(string name, ISet<string> taken)
    {
        var free = name;
        for (var number = 2; !taken.Add(free); number++) free = name + number;
        return free;
    }

    /// <summary>Whether the name can be that of a type, a field or a column: the same rule as <c>Crdt.Kuzu.CypherName</c>.</summary>
    public static bool IsDataName(string name)
    {
        if (name.Length is 0 or > MaxDataName) return false;
        for (var i = 0; i < name.Length; i += char.IsSurrogatePair(name, i) ? 2 : 1)
        {
            if (name[i] != '_' && !char.IsLetter(name, i) && !(i > 0 && char.IsDigit(name, i))) return false;
        }

        return true;
    }

    /// <summary>Why two names can't stand beside each other, or null where they can.</summary>
    public static string? Clash(string left, string right)
    {
        if (string.Equals(left, right, StringComparison.Ordinal)) return $"both are called \"{left}\"";
        if (string.Equals(left, right, StringComparison.OrdinalIgnoreCase)) return $"\"{left}\" and \"{right}\" differ in case only";
        return DataNumber.Of(left) == DataNumber.Of(right) ? $"\"{left}\" and \"{right}\" have the same number on the wire" : null;
    }
}
