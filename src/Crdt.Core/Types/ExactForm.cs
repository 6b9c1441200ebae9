using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Types;

/// <summary>Refuses values that have no exact form, naming the property, before anything has changed.</summary>
internal static class ExactForm
{
    /// <summary>Demands a value that can be written.</summary>
    /// <param name="value">The value.</param>
    /// <param name="schema">The field that is to hold it.</param>
    /// <param name="noun">What the value is there: a value, an element, an item.</param>
    /// <exception cref="ArgumentException">It can't; or it is null, and the field isn't nullable.</exception>
    public static void Require<T, TCodec>(T value, FieldSchema schema, string noun)
        where TCodec : IValueCodec<T>
    {
        if (value is null)
        {
            if (!schema.Nullable) throw new ArgumentNullException(schema.Name, $"'{schema.Name}' can't be null; declare its type as nullable to allow that.");
            return;
        }

        Check(CheckValue<T, TCodec>, value, schema, noun);
    }

    /// <summary>Demands a value that can be the key of a map.</summary>
    /// <exception cref="ArgumentException">It can't; or it is null.</exception>
    public static void RequireKey<T, TCodec>(T value, FieldSchema schema)
        where TCodec : IValueCodec<T>
    {
        ArgumentNullException.ThrowIfNull(value, schema.Name);
        Check(CheckValue<T, TCodec>, value, schema, "key");
        Check(static value => TCodec.CheckKey(value), value, schema, "key");
    }

    // Parts that are each within the limit may not be together.
    private static void CheckValue<T, TCodec>(T value)
        where TCodec : IValueCodec<T>
    {
        TCodec.Check(value);
        if (TCodec.Kind < ValueKind.List) return;
        var writer = new WireWriter(256);
        TCodec.Write(ref writer, value);
        var size = writer.Length;
        writer.Dispose();
        if (size > WireLimits.Value) throw new ArgumentException($"It takes {size} bytes; the limit is {WireLimits.Value} for one value.");
    }

    private static void Check<T>(Action<T> check, T value, FieldSchema schema, string noun)
    {
        try
        {
            check(value);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"'{schema.Name}' can't hold this {noun}. {error.Message}", schema.Name, error);
        }
    }
}
