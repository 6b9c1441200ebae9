using System.Text;

namespace Crdt.Generators.Emitting;

/// <summary>Collects indented lines.</summary>
internal sealed class SourceWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Appends lines, each indented as deep as the block it stands in.</summary>
    public void Write(string lines)
    {
        foreach (var line in lines.Replace("\r\n", "\n").Split('\n'))
        {
            if (line.Length > 0) _text.Append(' ', _depth * 4).Append(line);
            _text.Append('\n');
        }
    }

    /// <summary>Begins a block.</summary>
    public void Open()
    {
        Write("{");
        _depth++;
    }

    /// <summary>Ends a block.</summary>
    /// <param name="end">What follows the brace.</param>
    public void Close(string end = "")
    {
        _depth--;
        Write("}" + end);
    }

    public override string ToString() => _text.ToString();
}
