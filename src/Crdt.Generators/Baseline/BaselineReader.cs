using Crdt.Generators.Diagnostics;
using Crdt.Generators.Model;
using Microsoft.CodeAnalysis.Text;

namespace Crdt.Generators.Baseline;

/// <summary>Reads a baseline. It takes what <see cref="BaselineWriter"/> writes, in any order and with any blanks, and nothing else.</summary>
internal sealed class BaselineReader
{
    private readonly string _path;
    private readonly SourceText _text;
    private readonly JsonScanner _scanner;

    private BaselineReader(string path, SourceText text) => (_path, _text, _scanner) = (path, text, new(text.ToString()));

    /// <summary>What the file says. Never throws, whatever it holds.</summary>
    public static RecordedBaseline Read(string path, SourceText text)
    {
        var reader = new BaselineReader(path, text);
        try
        {
            return new(reader.PlaceAt(0), new([.. reader.ReadFile()]), null);
        }
        catch (MalformedBaselineException error)
        {
            var place = reader.PlaceAt(error.Offset);
            var line = (place.Lines.Start.Line + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return new(reader.PlaceAt(0), EquatableArray<TypeShape>.Empty, new(Rules.MalformedBaseline.Id, place, new([line, error.Message])));
        }
    }

    private List<TypeShape> ReadFile()
    {
        var types = new List<TypeShape>();
        var format = "";
        _scanner.ReadObject((part, start) =>
        {
            if (part == "format") format = ReadFormat();
            else if (part == "types" && format.Length > 0) _scanner.ReadObject((name, at) => types.Add(ReadType(name, at)));
            else throw new MalformedBaselineException(start, $"\"{part}\" is not expected here; a file has \"format\" first, then \"types\"");
        });
        _scanner.ReadEnd();
        return types;
    }

    private string ReadFormat()
    {
        var start = _scanner.Offset;
        var format = _scanner.ReadString();
        if (format == BaselineWriter.Format) return format;
        throw new MalformedBaselineException(start, $"this version of the library knows the format \"{BaselineWriter.Format}\" only");
    }

    private TypeShape ReadType(string name, int start)
    {
        var fields = new List<FieldShape>();
        var parts = ReadParts(start, $"the type \"{name}\"", ["form", "lane", "deletion"], ["key", "source", "target", "multiplicity", "ends"], (part, at) =>
        {
            if (part != "fields") return false;
            _scanner.ReadObject((field, fieldStart) => fields.Add(ReadField(field, fieldStart)));
            return true;
        });
        var form = parts["form"];
        if (form is not TypeShape.Node and not TypeShape.Relationship)
            throw new MalformedBaselineException(start, $"the type \"{name}\" is a \"{form}\", neither a node nor a relationship");
        var type = new TypeShape(name, form, Part("key"), Part("source"), Part("target"), parts["lane"], parts["deletion"], Part("multiplicity"), Part("ends"), new([.. fields]));
        return type with { Place = PlaceAt(start) };

        string Part(string part) => parts.TryGetValue(part, out var text) ? text : "";
    }

    private FieldShape ReadField(string name, int start)
    {
        var parts = ReadParts(start, $"the field \"{name}\"", ["kind", "value"], ["key"], (_, _) => false);
        return new(name, parts["kind"], parts.TryGetValue("key", out var key) ? key : "", parts["value"]) { Place = PlaceAt(start) };
    }

    /// <summary>Reads an object of strings, and of what <paramref name="other"/> takes.</summary>
    private Dictionary<string, string> ReadParts(int start, string owner, string[] required, string[] optional, Func<string, int, bool> other)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        _scanner.ReadObject((part, at) =>
        {
            if (required.Contains(part) || optional.Contains(part)) parts.Add(part, _scanner.ReadString());
            else if (!other(part, at)) throw new MalformedBaselineException(at, $"\"{part}\" says nothing about {owner}");
        });
        if (required.FirstOrDefault(part => !parts.ContainsKey(part)) is { } missing)
            throw new MalformedBaselineException(start, $"{owner} has no \"{missing}\"");
        return parts;
    }

    /// <summary>The rest of the line from an offset on.</summary>
    private Place PlaceAt(int offset)
    {
        var span = TextSpan.FromBounds(offset, Math.Max(offset, _text.Lines.GetLineFromPosition(offset).End));
        return new(_path, span, _text.Lines.GetLinePositionSpan(span));
    }
}
