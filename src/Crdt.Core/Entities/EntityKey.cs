using System.Globalization;
using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Entities;

/// <summary>
/// The key of an entity as a caller gives it: an integer, text or a <see cref="Guid"/>. Every such value converts by
/// itself, so that <c>tx.Get&lt;Person&gt;(1)</c> is all there is to write.
/// </summary>
public readonly struct EntityKey
{
    private enum Form : byte
    {
        None,
        Integer,
        Text,
        Guid,
    }

    private readonly Form _form;
    private readonly Int128 _integer;
    private readonly string? _text;
    private readonly Guid _guid;

    private EntityKey(Int128 integer) => (_form, _integer) = (Form.Integer, integer);

    private EntityKey(string text) => (_form, _text) = (Form.Text, text);

    private EntityKey(Guid guid) => (_form, _guid) = (Form.Guid, guid);

    /// <summary>Whether no key was given.</summary>
    public bool IsNone => _form == Form.None;

    /// <summary>A key that is an integer.</summary>
    public static implicit operator EntityKey(sbyte value) => new((Int128)value);

    /// <summary>A key that is an integer.</summary>
    public static implicit operator EntityKey(byte value) => new((Int128)value);

    /// <summary>A key that is an integer.</summary>
    public static implicit operator EntityKey(short value) => new((Int128)value);

    /// <summary>A key that is an integer.</summary>
    public static implicit operator EntityKey(ushort value) => new((Int128)value);

    /// <summary>A key that is an integer.</summary>
    public static implicit operator EntityKey(long value) => new((Int128)value);

    /// <summary>A key that is an integer.</summary>
    public static implicit operator EntityKey(int value) => new((Int128)value);

    /// <summary>A key that is an unsigned integer.</summary>
    public static implicit operator EntityKey(uint value) => new((Int128)value);

    /// <summary>A key that is an unsigned integer.</summary>
    public static implicit operator EntityKey(ulong value) => new((Int128)value);

    /// <summary>A key that is text.</summary>
    public static implicit operator EntityKey(string value) => new(value ?? throw new ArgumentNullException(nameof(value)));

    /// <summary>A key that is a <see cref="Guid"/>.</summary>
    public static implicit operator EntityKey(Guid value) => new(value);

    /// <summary>The value as text.</summary>
    public override string ToString() => _form switch
    {
        Form.Integer => _integer.ToString(CultureInfo.InvariantCulture),
        Form.Text => _text!,
        Form.Guid => _guid.ToString(),
        _ => "(none)",
    };

    internal void Write(ref WireWriter writer, KeySchema key, string typeName)
    {
        var fits = (_form, key.Value) switch
        {
            (Form.Text, ValueKind.Text) or (Form.Guid, ValueKind.Guid) => true,
            (Form.Integer, var kind) => Range(kind) is var (least, most) && _integer >= least && _integer <= most,
            _ => false,
        };
        if (!fits) throw new ArgumentException($"'{typeName}.{key.Name}' is a key of type {key.Value}; {Described()} doesn't fit.");
        switch (_form)
        {
            case Form.Text: WriteText(ref writer, _text!, $"{typeName}.{key.Name}"); break;
            case Form.Guid: GuidCodec.Write(ref writer, _guid); break;
            case Form.Integer when key.Value == ValueKind.UInt64: writer.WriteVarint((ulong)_integer); break;
            default: writer.WriteZigZag((long)_integer); break;
        }
    }

    /// <summary>Reads the key back from its canonical bytes.</summary>
    /// <exception cref="WireFormatException">The bytes are no key of this type.</exception>
    internal static EntityKey Read(ReadOnlySpan<byte> bytes, ValueKind kind)
    {
        var reader = new WireReader(bytes);
        EntityKey key = kind switch
        {
            ValueKind.Text => Utf8.Read(ref reader),
            ValueKind.Guid => GuidCodec.Read(ref reader),
            ValueKind.UInt64 => reader.ReadVarint(),
            _ => reader.ReadZigZag(),
        };
        reader.End();
        if (key._form == Form.Integer && !(Range(kind) is var (least, most) && key._integer >= least && key._integer <= most))
            throw new WireFormatException($"{key} is not a key of type {kind}", 0);
        return key;
    }

    /// <summary>The key as an integer, which converts to the type that was declared.</summary>
    /// <exception cref="InvalidCastException">It is not one.</exception>
    public Int128 AsInteger() => _form == Form.Integer ? _integer : throw new InvalidCastException($"The key {Described()} is not an integer.");

    /// <summary>The key as text.</summary>
    /// <exception cref="InvalidCastException">It is none.</exception>
    public string AsText() => _text ?? throw new InvalidCastException($"The key {Described()} is not text.");

    /// <summary>The key as a <see cref="Guid"/>.</summary>
    /// <exception cref="InvalidCastException">It is none.</exception>
    public Guid AsGuid() => _form == Form.Guid ? _guid : throw new InvalidCastException($"The key {Described()} is not a Guid.");

    private static void WriteText(ref WireWriter writer, string text, string property)
    {
        try
        {
            Utf8.Write(ref writer, text);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"'{property}' can't be this text. {error.Message}", error);
        }
    }

    private string Described() => IsNone ? "no key at all" : $"the {_form} {this}";

    private static (Int128 Least, Int128 Most)? Range(ValueKind kind) => kind switch
    {
        ValueKind.Int8 => (sbyte.MinValue, sbyte.MaxValue),
        ValueKind.Int16 => (short.MinValue, short.MaxValue),
        ValueKind.Int32 => (int.MinValue, int.MaxValue),
        ValueKind.Int64 => (long.MinValue, long.MaxValue),
        ValueKind.UInt8 => (byte.MinValue, byte.MaxValue),
        ValueKind.UInt16 => (ushort.MinValue, ushort.MaxValue),
        ValueKind.UInt32 => (uint.MinValue, uint.MaxValue),
        ValueKind.UInt64 => (ulong.MinValue, ulong.MaxValue),
        _ => null,
    };
}
