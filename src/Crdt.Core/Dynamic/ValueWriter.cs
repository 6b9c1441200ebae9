using System.Collections;
using System.Globalization;
using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Dynamic;

/// <summary>Turns objects into the canonical bytes of a type that is only known from its schema.</summary>
internal static class ValueWriter
{
    /// <summary>The bytes of a value. Integers fit any type of number that holds them exactly; an enum takes its name, its number or an enum of C#.</summary>
    /// <exception cref="ArgumentException">The object is no value of that type; the message says what would be.</exception>
    public static byte[] Encode(ValueSchema type, object value) => Encode(type, value, isKey: false);

    /// <summary>The bytes of a key of a map.</summary>
    /// <exception cref="ArgumentException">The object is no value of that type, or can't be a key.</exception>
    public static byte[] EncodeKey(ValueSchema type, object key) => Encode(type, key, isKey: true);

    private static byte[] Encode(ValueSchema type, object value, bool isKey)
    {
        var writer = new WireWriter(64);
        try
        {
            if (isKey) writer.WriteBytes(Simple(type, value, isKey: true));
            else Write(ref writer, type, value);
            if (writer.Length > WireLimits.Value) throw new ArgumentException($"It takes {writer.Length} bytes; the limit is {WireLimits.Value} for one value.");
            return writer.Finish();
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    private static void Write(ref WireWriter writer, ValueSchema type, object? value)
    {
        if (type.Kind == ValueKind.Optional)
        {
            if (value is null) return;
            writer.WriteByte(1);
            Write(ref writer, type.Element!, value);
            return;
        }

        if (value is null) throw new ArgumentException($"A {type} can't be null.");
        if (type.Kind == ValueKind.List) WriteList(ref writer, type, value);
        else if (type.Kind == ValueKind.Record) WriteRecord(ref writer, type, value);
        else writer.WriteBytes(Simple(type, value, isKey: false));
    }

    private static void WriteList(ref WireWriter writer, ValueSchema type, object value)
    {
        if (value is not IEnumerable items || value is string) throw Unfit(type, value, "a sequence");
        var count = 0;
        foreach (var item in items)
        {
            if (++count > WireLimits.Items) throw new ArgumentException($"A list exceeds the limit of {WireLimits.Items} items.");
            WriteBlock(ref writer, type.Element!, item);
        }
    }

    private static void WriteRecord(ref WireWriter writer, ValueSchema type, object value)
    {
        if (value is not IReadOnlyDictionary<string, object?> members) throw Unfit(type, value, "a dictionary of its members by name");
        if (members.Keys.FirstOrDefault(name => type.Members.All(member => member.Name != name)) is { } unknown)
            throw new ArgumentException($"'{unknown}' is no member; there are {string.Join(", ", type.Members.Select(member => member.Name))}.");
        foreach (var member in type.Members)
        {
            try
            {
                WriteBlock(ref writer, member.Value, members.GetValueOrDefault(member.Name));
            }
            catch (ArgumentException error)
            {
                throw new ArgumentException($"'{member.Name}': {error.Message}", error);
            }
        }
    }

    private static void WriteBlock(ref WireWriter writer, ValueSchema type, object? value)
    {
        var mark = writer.BeginBlock();
        Write(ref writer, type, value);
        writer.EndBlock(mark);
    }

    private static byte[] Simple(ValueSchema type, object value, bool isKey)
    {
        var number = type.Kind == ValueKind.Enum ? NumberOf(type, value) : value;
        return ValueTypes.TryVisit(type, new Encoder(type, number, isKey), out byte[] bytes) ? bytes : throw new NotSupportedException($"Values of type {type} can't be written.");
    }

    private static object NumberOf(ValueSchema type, object value)
    {
        if (value is Enum) return value.GetType().GetEnumUnderlyingType() == typeof(ulong) ? Convert.ToUInt64(value, CultureInfo.InvariantCulture) : Convert.ToInt64(value, CultureInfo.InvariantCulture);
        if (value is not string name) return value;
        foreach (var known in type.Names)
        {
            if (known.Name == name) return type.Element!.Kind == ValueKind.UInt64 ? (ulong)known.Number : known.Number;
        }

        throw new ArgumentException($"There is no '{name}' among {string.Join(", ", type.Names.Select(known => known.Name))}.");
    }

    private static ArgumentException Unfit(ValueSchema type, object value, string wanted) => new($"{value} is a {value.GetType().Name}; a {type} is written as {wanted}.");

    private readonly struct Encoder(ValueSchema type, object value, bool isKey) : IValueVisitor<byte[]>
    {
        public byte[] Visit<T, TCodec>()
            where T : notnull
            where TCodec : IValueCodec<T>
        {
            if (value is not T && NumberConversion.To<T>(value) is not T) throw Unfit(type, value, $"a {typeof(T).Name}");
            var fitting = value is T same ? same : (T)NumberConversion.To<T>(value)!;
            TCodec.Check(fitting);
            if (isKey) TCodec.CheckKey(fitting);
            var writer = new WireWriter(32);
            TCodec.Write(ref writer, fitting);
            return writer.Finish();
        }
    }
}
