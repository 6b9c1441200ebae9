using System.Globalization;
using System.Text;

namespace Crdt.Generators.Baseline;

/// <summary>
/// Reads the part of JSON that a baseline is made of: objects of strings and objects. An analyzer that used a library for it would
/// have to carry it into every compiler.
/// </summary>
internal sealed class JsonScanner(string text)
{
    private const string Escapes = "\"\\/bfnrt";
    private const string Escaped = "\"\\/\b\f\n\r\t";

    /// <summary>Where the next token begins, or the text ends.</summary>
    public int Offset { get; private set; }

    /// <summary>Reads an object: calls <paramref name="read"/> at the value of each member, with its name and the name's offset.</summary>
    public void ReadObject(Action<string, int> read)
    {
        Require('{');
        if (Take('}')) return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            SkipBlanks();
            var start = Offset;
            var name = ReadString();
            if (!seen.Add(name)) throw new MalformedBaselineException(start, $"\"{name}\" occurs twice");
            Require(':');
            read(name, start);
        }
        while (Take(','));
        Require('}');
    }

    public string ReadString()
    {
        Require('"');
        var value = new StringBuilder();
        while (true)
        {
            if (Offset == text.Length || text[Offset] < ' ') throw new MalformedBaselineException(Offset, "a string has no end");
            var next = text[Offset++];
            if (next == '"') return value.ToString();
            value.Append(next == '\\' ? ReadEscape() : next);
        }
    }

    /// <summary>Requires that nothing else follows.</summary>
    public void ReadEnd()
    {
        SkipBlanks();
        if (Offset < text.Length) throw new MalformedBaselineException(Offset, $"'{text[Offset]}' follows the end");
    }

    private char ReadEscape()
    {
        var start = Offset - 1;
        var letter = Offset < text.Length ? text[Offset++] : '\0';
        if (Escapes.IndexOf(letter) is >= 0 and var index) return Escaped[index];
        var digits = letter == 'u' && Offset + 4 <= text.Length ? text.Substring(Offset, 4) : "";
        if (!ushort.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw new MalformedBaselineException(start, "this is no escape of JSON");
        Offset += 4;
        return (char)code;
    }

    private void Require(char token)
    {
        if (Take(token)) return;
        var found = Offset == text.Length ? "the end" : $"'{text[Offset]}'";
        throw new MalformedBaselineException(Offset, token == '"' ? $"a string is expected, not {found}" : $"'{token}' is expected, not {found}");
    }

    private bool Take(char token)
    {
        SkipBlanks();
        if (Offset == text.Length || text[Offset] != token) return false;
        Offset++;
        return true;
    }

    private void SkipBlanks()
    {
        while (Offset < text.Length && text[Offset] is ' ' or '\t' or '\r' or '\n') Offset++;
    }
}
