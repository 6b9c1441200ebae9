using System.Globalization;

namespace Crdt.Kuzu.Adopting;

/// <summary>
/// Takes apart how the engine prints a type: <c>STRUCT(a INT64, b STRING[])[]</c>. The names of fields are printed as they are; the
/// engine takes none with blanks.
/// </summary>
internal ref struct SourceTypeParser
{
    private readonly ReadOnlySpan<char> _text;
    private int _at;

    private SourceTypeParser(ReadOnlySpan<char> text) => _text = text;

    /// <summary>The type; null where the text isn't of that form.</summary>
    public static SourceType? Parse(string text)
    {
        var parser = new SourceTypeParser(text);
        var type = parser.Type();
        return parser._at == text.Length ? type : null;
    }

    private SourceType? Type()
    {
        var name = Until("([,) ").ToString();
        var type = name.Length == 0 ? null : !Skip('(') ? new(name) : name switch
        {
            SourceType.Struct or SourceType.Union => Named(name),
            SourceType.Map => Pair(),
            SourceType.Decimal => Number(),
            _ => null,
        };
        while (type is not null && Skip('['))
        {
            var items = Until("]");
            if (!int.TryParse(items, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && items.Length > 0) return null;
            if (!Skip(']')) return null;
            type = new(SourceType.List, new SourceMember("", type)) { Size = size };
        }

        return type;
    }

    private SourceType? Named(string name)
    {
        var members = new List<SourceMember>();
        do
        {
            var member = Until(" ").ToString();
            if (!Skip(' ') || Type() is not { } type) return null;
            members.Add(new(member.Trim('`'), type));
        }
        while (SkipComma());
        return Skip(')') ? new(name, members) : null;
    }

    private SourceType? Pair()
    {
        if (Type() is not { } key || !SkipComma() || Type() is not { } value || !Skip(')')) return null;
        return new(SourceType.Map, new SourceMember("Key", key), new SourceMember("Value", value));
    }

    private SourceType? Number()
    {
        var digits = Until(",");
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var precision) || !SkipComma()) return null;
        Until(")");
        return Skip(')') ? new(SourceType.Decimal) { Size = precision } : null;
    }

    private ReadOnlySpan<char> Until(ReadOnlySpan<char> ends)
    {
        var length = _text[_at..].IndexOfAny(ends);
        var part = length < 0 ? _text[_at..] : _text.Slice(_at, length);
        _at += part.Length;
        return part;
    }

    private bool SkipComma()
    {
        if (!Skip(',')) return false;
        Skip(' ');
        return true;
    }

    private bool Skip(char expected)
    {
        if (_at == _text.Length || _text[_at] != expected) return false;
        _at++;
        return true;
    }
}
