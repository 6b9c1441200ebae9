using System.Globalization;
using System.Text;

namespace Crdt.Generators.Baseline;

/// <summary>Writes a baseline: sorted by name, with LF, a line for each field, so that a change of data is a line in a review.</summary>
internal static class BaselineWriter
{
    /// <summary>The first line, by which a later format can be told.</summary>
    public const string Format = "crdt-schema-1";

    /// <summary>The baseline of some classes. Of two with the same name in the data, which a schema refuses, it records the first.</summary>
    public static string Write(IEnumerable<TypeShape> types)
    {
        var text = new StringBuilder("{\n").Append($"  \"format\": {Quoted(Format)},\n  \"types\": ");
        WriteObject(text, types, 2, type => type.Name, type => WriteType(text, type));
        return text.Append("\n}\n").ToString();
    }

    private static void WriteType(StringBuilder text, TypeShape type)
    {
        text.Append("{\n");
        WritePart(text, "form", type.Form);
        WritePart(text, "key", type.Key);
        WritePart(text, "source", type.Source);
        WritePart(text, "target", type.Target);
        WritePart(text, "lane", type.Lane);
        WritePart(text, "deletion", type.Deletion);
        WritePart(text, "multiplicity", type.Multiplicity);
        WritePart(text, "ends", type.Ends);
        text.Append("      \"fields\": ");
        WriteObject(text, type.Fields, 6, field => field.Name, field => WriteField(text, field));
        text.Append("\n    }");
    }

    private static void WritePart(StringBuilder text, string name, string value)
    {
        if (value.Length > 0) text.Append($"      \"{name}\": {Quoted(value)},\n");
    }

    private static void WriteField(StringBuilder text, FieldShape field)
    {
        var key = field.Key.Length == 0 ? "" : $", \"key\": {Quoted(field.Key)}";
        text.Append($"{{ \"kind\": {Quoted(field.Kind)}{key}, \"value\": {Quoted(field.Value)} }}");
    }

    private static void WriteObject<T>(StringBuilder text, IEnumerable<T> items, int indent, Func<T, string> name, Action<T> write)
    {
        var separator = "{";
        foreach (var item in items)
        {
            text.Append(separator).Append('\n').Append(' ', indent + 2).Append(Quoted(name(item))).Append(": ");
            write(item);
            separator = ",";
        }

        if (separator == "{") text.Append("{}");
        else text.Append('\n').Append(' ', indent).Append('}');
    }

    private static string Quoted(string value)
    {
        var text = new StringBuilder("\"");
        foreach (var letter in value)
        {
            if (letter is '"' or '\\') text.Append('\\').Append(letter);
            else if (letter < ' ') text.Append("\\u").Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
            else text.Append(letter);
        }

        return text.Append('"').ToString();
    }
}
