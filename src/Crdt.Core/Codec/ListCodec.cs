using System.Collections.ObjectModel;
using Crdt.Schema;

namespace Crdt.Codec;

/// <summary>A list that is written as a whole: a block for each item. What is handed in is copied, and what is read can't be changed.</summary>
/// <typeparam name="T">The items.</typeparam>
/// <typeparam name="TCodec">Their codec.</typeparam>
public readonly struct ListCodec<T, TCodec> : IValueCodec<IReadOnlyList<T>>
    where TCodec : IValueCodec<T>
{
    /// <inheritdoc/>
    public static ValueKind Kind => ValueKind.List;

    /// <inheritdoc/>
    public static void Check(IReadOnlyList<T> value)
    {
        if (value.Count > WireLimits.Items) throw new ArgumentException($"A list of {value.Count} items exceeds the limit of {WireLimits.Items}.");
        foreach (var item in value)
        {
            // An optional item is checked by its codec; any other that is null has no bytes.
            if (item is null && TCodec.Kind != ValueKind.Optional) throw new ArgumentException("An item of the list is null.");
            TCodec.Check(item);
        }
    }

    /// <inheritdoc/>
    public static IReadOnlyList<T> Own(IReadOnlyList<T> value) => Array.AsReadOnly(value.Select(TCodec.Own).ToArray());

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, IReadOnlyList<T> value)
    {
        foreach (var item in value)
        {
            var mark = writer.BeginBlock();
            TCodec.Write(ref writer, item);
            writer.EndBlock(mark);
        }
    }

    /// <inheritdoc/>
    public static IReadOnlyList<T> Read(ref WireReader reader)
    {
        var count = CountItems(reader);
        if (count == 0) return ReadOnlyCollection<T>.Empty;
        var items = new T[count];
        for (var i = 0; i < items.Length; i++)
        {
            var item = reader.ReadNested();
            items[i] = TCodec.Read(ref item);
            item.End();
        }

        return Array.AsReadOnly(items);
    }

    private static int CountItems(WireReader reader)
    {
        var count = 0;
        for (; reader.Remaining > 0; count++)
        {
            if (count == WireLimits.Items) throw reader.Malformed($"a list exceeds {WireLimits.Items} items");
            reader.ReadBlock();
        }

        return count;
    }

    /// <inheritdoc/>
    public static bool Same(IReadOnlyList<T> left, IReadOnlyList<T> right)
    {
        if (left.Count != right.Count) return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (!TCodec.Same(left[i], right[i])) return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public static int Hash(IReadOnlyList<T> value)
    {
        var hash = default(HashCode);
        foreach (var item in value) hash.Add(TCodec.Hash(item));
        return hash.ToHashCode();
    }
}
