using Crdt.Dynamic;
using Crdt.Schema;

namespace Crdt.Sync.Capturing;

/// <summary>Leads a collection from what it holds to what somebody has written in its place, by the fewest changes that merge well.</summary>
internal static class CollectionCapture
{
    /// <exception cref="ArgumentException">The field can't hold an element.</exception>
    public static void Set(DynamicEntity entity, FieldSchema field, IReadOnlyList<object?> wanted)
    {
        var held = ((IReadOnlyList<object?>)entity[field.Name]!).Select(element => element!).ToHashSet(new CanonicalKeys(field.Value));
        foreach (var element in wanted.Select(element => element ?? throw Null(field)).Where(element => !held.Remove(element)).ToHashSet(new CanonicalKeys(field.Value)))
            entity.Add(field.Name, element);
        foreach (var element in held) entity.Remove(field.Name, element);
    }

    /// <exception cref="ArgumentException">The field can't hold a key or a value.</exception>
    public static void Map(DynamicEntity entity, FieldSchema field, IReadOnlyDictionary<object, object?> wanted)
    {
        var held = new Dictionary<object, object?>((IReadOnlyDictionary<object, object?>)entity[field.Name]!, new CanonicalKeys(field.Key!));
        foreach (var (key, value) in wanted)
        {
            var isHeld = held.Remove(key, out var before);
            if (field.Kind == FieldKind.CounterMap) Count(entity, field, key, isHeld ? (long)before! : 0, value);
            else if (!isHeld || !AreSame(field.Value, before, value)) entity.Put(field.Name, key, value);
        }

        foreach (var key in held.Keys) entity.Remove(field.Name, key);
    }

    /// <summary>Keeps what is the same at both ends, so that the items there stay the ones that others know.</summary>
    /// <exception cref="ArgumentException">The field can't hold an item.</exception>
    public static void List(DynamicEntity entity, FieldSchema field, IReadOnlyList<object?> wanted)
    {
        var held = (IReadOnlyList<object?>)entity[field.Name]!;
        var start = 0;
        while (start < Math.Min(held.Count, wanted.Count) && AreSame(field.Value, held[start], wanted[start])) start++;
        var tail = 0;
        while (tail < Math.Min(held.Count, wanted.Count) - start && AreSame(field.Value, held[^(tail + 1)], wanted[^(tail + 1)])) tail++;
        var (removed, added) = (held.Count - start - tail, wanted.Count - start - tail);
        var replaced = Math.Min(removed, added);
        for (var i = start; i < start + replaced; i++)
        {
            if (!AreSame(field.Value, held[i], wanted[i])) entity.Replace(field.Name, i, wanted[i] ?? throw Null(field));
        }

        for (var i = start + removed - 1; i >= start + replaced; i--) entity.RemoveAt(field.Name, i);
        for (var i = start + replaced; i < start + added; i++) entity.Insert(field.Name, i, wanted[i] ?? throw Null(field));
    }

    /// <summary>Whether two values have the same canonical bytes.</summary>
    public static bool AreSame(ValueSchema type, object? left, object? right) =>
        left is null || right is null ? left == right : ValueWriter.Encode(type, left).AsSpan().SequenceEqual(ValueWriter.Encode(type, right));

    private static void Count(DynamicEntity entity, FieldSchema field, object key, long before, object? value)
    {
        var amount = checked((value as long? ?? throw Null(field)) - before);
        if (amount != 0) entity.IncrementAt(field.Name, key, amount);
    }

    private static ArgumentException Null(FieldSchema field) => new($"'{field.Name}' can't hold null.");
}
