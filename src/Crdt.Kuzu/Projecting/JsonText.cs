using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Crdt.Codec;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Kuzu.Projecting;

/// <summary>
/// What holds any number of values, as JSON: the engine's own lists get mixed up in its file (<c>docs/adr</c>). What can't be read is null
/// in it, and does nothing to what stands beside it.
/// </summary>
internal static class JsonText
{
    // Text stays as it is, for queries that look into it; it is no HTML.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    /// <summary>The elements of a set or a multi-value register, or the items of a list, in UTF-8.</summary>
    /// <exception cref="WireFormatException">They can't be told apart.</exception>
    public static ReadOnlySpan<byte> OfElements(ref ColumnReader columns)
    {
        var text = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(text, Options);
        json.WriteStartArray();
        while (columns.NextElement(out var element)) Write(json, columns.Field.Value, element);
        json.WriteEndArray();
        json.Flush();
        return text.WrittenSpan;
    }

    /// <summary>The entries of a map or a counter map, in UTF-8. One whose key can't be read is left out.</summary>
    /// <exception cref="WireFormatException">They can't be told apart.</exception>
    public static ReadOnlySpan<byte> OfEntries(ref ColumnReader columns)
    {
        var text = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(text, Options);
        json.WriteStartObject();
        while (columns.NextEntry(out var key))
        {
            if (TryRead(columns.Field.Key!, key) is not { } name) continue;
            json.WritePropertyName(name);
            if (!columns.HasValue) json.WriteNullValue();
            else if (columns.Field.Kind == FieldKind.CounterMap) json.WriteNumberValue(columns.Count);
            else Write(json, columns.Field.Value, columns.Value);
        }

        json.WriteEndObject();
        json.Flush();
        return text.WrittenSpan;
    }

    /// <summary>A value that is a list, in UTF-8.</summary>
    /// <exception cref="WireFormatException">It is none.</exception>
    public static ReadOnlySpan<byte> Of(ValueSchema type, WireReader value)
    {
        var text = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(text, Options);
        WriteReadable(json, type, value);
        json.Flush();
        return text.WrittenSpan;
    }

    private static string? TryRead(ValueSchema type, WireReader key)
    {
        try
        {
            return ValueText.Of(type, ref key);
        }
        catch (WireFormatException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, ValueSchema type, WireReader value)
    {
        try
        {
            WriteReadable(json, type, value);
        }
        catch (WireFormatException)
        {
            json.WriteNullValue();
        }
    }

    /// <exception cref="WireFormatException">It is no value of this type; nothing was written.</exception>
    private static void WriteReadable(Utf8JsonWriter json, ValueSchema type, WireReader value)
    {
        switch (type.Kind)
        {
            case ValueKind.Optional when value.Remaining == 0: json.WriteNullValue(); break;
            case ValueKind.Optional:
                value.ReadByte();
                WriteReadable(json, type.Element!, value);
                break;
            case ValueKind.List: WriteList(json, type.Element!, value); break;
            case ValueKind.Record: WriteRecord(json, type.Members, value); break;
            default: WriteSimple(json, type, ref value); break;
        }
    }

    // The items are taken apart before the array is begun: what was begun can't be taken back.
    private static void WriteList(Utf8JsonWriter json, ValueSchema type, WireReader value)
    {
        for (var items = value; items.Remaining > 0;) items.ReadBlock();
        json.WriteStartArray();
        while (value.Remaining > 0) Write(json, type, value.ReadNested());
        json.WriteEndArray();
    }

    private static void WriteRecord(Utf8JsonWriter json, IReadOnlyList<ValueMember> members, WireReader value)
    {
        var parts = value;
        for (var i = 0; i < members.Count; i++) parts.ReadBlock();
        parts.End();
        json.WriteStartObject();
        foreach (var member in members)
        {
            json.WritePropertyName(member.Name);
            Write(json, member.Value, value.ReadNested());
        }

        json.WriteEndObject();
    }

    private static void WriteSimple(Utf8JsonWriter json, ValueSchema type, ref WireReader value)
    {
        var text = ValueText.Of(type, ref value);
        if (IsBare(type.Kind, text)) json.WriteRawValue(text, skipInputValidation: true);
        else json.WriteStringValue(text);
    }

    /// <summary>Whether JSON has the value without quotes, and its readers don't round it. They do with more than 64 bits.</summary>
    private static bool IsBare(ValueKind kind, string text) => kind switch
    {
        ValueKind.Single or ValueKind.Double => !char.IsLetter(text[^1]) && text[^1] != '\u221E',
        _ => kind <= ValueKind.UInt64,
    };
}
