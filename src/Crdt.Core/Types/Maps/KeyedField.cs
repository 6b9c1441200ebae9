using Crdt.Codec;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Types.Maps;

/// <summary>
/// What maps have in common: a key is there as long as a write to it is in force; removing it removes the writes that were
/// seen, so a concurrent write to it wins.
/// </summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TKeyCodec">Their canonical bytes, which also say which of them are the same.</typeparam>
/// <typeparam name="T">What a write carries.</typeparam>
public abstract class KeyedField<TKey, TKeyCodec, T> : DotMapField<TKey, T>
    where TKey : notnull
    where TKeyCodec : IValueCodec<TKey>
{
    private protected KeyedField(FieldKind kind, FieldSchema schema)
        : base(kind, schema.Id, CanonicalComparer<TKey, TKeyCodec>.Instance) => Schema = schema;

    /// <summary>How many keys there are.</summary>
    public int Count => Store.Count;

    private protected FieldSchema Schema { get; }

    /// <summary>Whether a key is there. O(1).</summary>
    public bool ContainsKey(TKey key) => !Store[key].IsEmpty;

    /// <summary>Removes a key, as far as its writes were seen here.</summary>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="InvalidOperationException">The entity can't be written: it is detached or deleted.</exception>
    public bool Remove(TKey key)
    {
        Entity.RequireWritable();
        var before = Store[key];
        if (before.IsEmpty) return false;
        Entity.BeginRemoval();
        Entity.Supersede(before);
        Store[key] = default;
        Entity.Notify(this);
        return true;
    }

    /// <summary>Removes every key, as far as its writes were seen here.</summary>
    public void RemoveAll()
    {
        foreach (var key in Store.Entries.Keys.ToArray()) Remove(key);
    }

    /// <summary>The key as it may be kept, and what holds it now.</summary>
    /// <exception cref="ArgumentException">The key has no exact form; the message names the property.</exception>
    /// <exception cref="InvalidOperationException">It is a further key, and the map is full.</exception>
    private protected TKey Own(TKey key, out DotFun<T> before)
    {
        ExactForm.RequireKey<TKey, TKeyCodec>(key, Schema);
        before = Store[key];
        if (before.IsEmpty && Count >= WireLimits.Items) throw new InvalidOperationException($"'{Schema.Name}' holds {WireLimits.Items} keys, which is the limit.");
        return before.IsEmpty ? TKeyCodec.Own(key) : key;
    }

    private protected sealed override void WriteKey(ref WireWriter writer, TKey key) => TKeyCodec.Write(ref writer, key);

    private protected sealed override TKey ReadKey(ref WireReader reader) => TKeyCodec.Read(ref reader);
}
