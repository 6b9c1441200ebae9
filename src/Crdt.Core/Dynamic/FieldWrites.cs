using System.Collections;
using Crdt.Schema;
using Crdt.Types;

namespace Crdt.Dynamic;

/// <summary>Makes writes of objects, for fields that are only known from their schema. Every message names the field.</summary>
internal static class FieldWrites
{
    /// <summary>Sets a field that has one value.</summary>
    /// <exception cref="ArgumentException">The field can't hold it.</exception>
    /// <exception cref="InvalidOperationException">The field holds a collection, or counts.</exception>
    public static FieldWrite Set(FieldSchema schema, object? value)
    {
        if (schema.Kind is FieldKind.Set or FieldKind.Map or FieldKind.CounterMap or FieldKind.List)
            throw new InvalidOperationException($"'{schema.Name}' is a {schema.Kind}: it merges by its parts, so it is written one part at a time.");
        return new(FieldVerb.Write, [], ValueOf(schema, value));
    }

    /// <summary>Fills a field of an entity that is new: a collection from a sequence or a dictionary, any other from its value.</summary>
    /// <exception cref="ArgumentException">The field can't hold it.</exception>
    public static IEnumerable<FieldWrite> Fill(FieldSchema schema, object? value) => schema.Kind switch
    {
        FieldKind.Counter or FieldKind.GrowOnlyCounter => [Change(schema, Count(schema, value))],
        FieldKind.BoundedCounter => [Start(schema, Count(schema, value))],
        FieldKind.Set => ItemsOf(schema, value).Select(element => Keyed(schema, FieldVerb.Add, element)),
        FieldKind.List => ItemsOf(schema, value).Select((item, index) => Item(schema, FieldVerb.Insert, index, item)),
        FieldKind.Map => PairsOf(schema, value).Select(pair => Put(schema, pair.Key, pair.Value)),
        FieldKind.CounterMap => PairsOf(schema, value).Select(pair => Change(schema, Count(schema, pair.Value), pair.Key)),
        _ => [Set(schema, value)],
    };

    /// <summary>Adds to a counter, or to that of a key.</summary>
    /// <exception cref="InvalidOperationException">The field counts otherwise, or not at all.</exception>
    public static FieldWrite Change(FieldSchema schema, long amount, object? key = null)
    {
        var hasKeys = schema.Kind == FieldKind.CounterMap;
        if (hasKeys && key is null) throw new InvalidOperationException($"'{schema.Name}' has a counter for each key; name the key.");
        if (!hasKeys && key is not null) throw new InvalidOperationException($"'{schema.Name}' is a {schema.Kind}, which has no counters by key.");
        if (schema.Kind == FieldKind.GrowOnlyCounter && amount < 0) throw new ArgumentException($"'{schema.Name}' only grows; {amount} can't be added.", schema.Name);
        return new(FieldVerb.Change, key is null ? [] : KeyOf(schema, key), null) { Amount = amount };
    }

    /// <summary>Adds or removes an element or a key.</summary>
    /// <exception cref="ArgumentException">The field can't hold it.</exception>
    /// <exception cref="InvalidOperationException">The field has neither elements nor keys.</exception>
    public static FieldWrite Keyed(FieldSchema schema, FieldVerb verb, object key) =>
        schema.Kind == FieldKind.Set || (verb == FieldVerb.Remove && schema.Key is not null)
            ? new(verb, KeyOf(schema, key), null)
            : throw new InvalidOperationException($"'{schema.Name}' is a {schema.Kind}; {verb} is not for it.");

    /// <summary>Sets the value of a key of a map.</summary>
    /// <exception cref="ArgumentException">The field can't hold it.</exception>
    /// <exception cref="InvalidOperationException">The field is no map of registers.</exception>
    public static FieldWrite Put(FieldSchema schema, object key, object? value) => schema.Kind == FieldKind.Map
        ? new(FieldVerb.Write, KeyOf(schema, key), ValueOf(schema, value))
        : throw new InvalidOperationException($"'{schema.Name}' is a {schema.Kind}; only a map has values under keys.");

    /// <summary>Inserts or replaces an item of a list.</summary>
    /// <exception cref="ArgumentException">The field can't hold it.</exception>
    public static FieldWrite Item(FieldSchema schema, FieldVerb verb, int index, object? item) => new(verb, [], Encoded(schema, schema.Value, item, "item")) { Index = index };

    /// <summary>A value for a counter.</summary>
    /// <exception cref="ArgumentException">It is no integer of 64 bits.</exception>
    public static long Count(FieldSchema schema, object? value) => value is not null && NumberConversion.To<long>(value) is long number
        ? number
        : throw new ArgumentException($"'{schema.Name}' counts, so it takes an integer, and {value ?? "null"} is none of 64 bits.", schema.Name);

    // As a value and not as a change: a counter that outlived its entity isn't at its bound.
    private static FieldWrite Start(FieldSchema schema, long value) => value >= schema.Min
        ? Set(schema, value)
        : throw new ArgumentException($"'{schema.Name}' is {schema.Min} at least, and {value} is less.", schema.Name);

    private static byte[]? ValueOf(FieldSchema schema, object? value)
    {
        if (value is not null) return Encoded(schema, schema.Value, value, "value");
        return schema.Nullable && schema.Kind is FieldKind.Register or FieldKind.Map
            ? null
            : throw new ArgumentNullException(schema.Name, $"'{schema.Name}' can't be null.");
    }

    private static byte[] KeyOf(FieldSchema schema, object key) => schema.Key is { } type
        ? Named(schema, "key", () => ValueWriter.EncodeKey(type, key))
        : Encoded(schema, schema.Value, key, "element");

    private static byte[] Encoded(FieldSchema schema, ValueSchema type, object? value, string noun) =>
        Named(schema, noun, () => ValueWriter.Encode(type, value ?? throw new ArgumentException("It is null.")));

    private static byte[] Named(FieldSchema schema, string noun, Func<byte[]> encode)
    {
        try
        {
            return encode();
        }
        catch (ArgumentException error)
        {
            throw new ArgumentException($"'{schema.Name}' can't hold this {noun}. {error.Message}", schema.Name, error);
        }
    }

    private static IEnumerable<object> ItemsOf(FieldSchema schema, object? value) => value is IEnumerable items and not string
        ? items.Cast<object>()
        : throw new ArgumentException($"'{schema.Name}' is a {schema.Kind}; it is filled from a sequence.", schema.Name);

    private static IEnumerable<DictionaryEntry> PairsOf(FieldSchema schema, object? value) => value is IDictionary pairs
        ? Entries(pairs)
        : throw new ArgumentException($"'{schema.Name}' is a {schema.Kind}; it is filled from a dictionary.", schema.Name);

    private static IEnumerable<DictionaryEntry> Entries(IDictionary pairs)
    {
        foreach (DictionaryEntry pair in pairs) yield return pair;
    }
}
