using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Crdt.Codec;
using Crdt.Conflicts;
using Crdt.Kernel;
using Crdt.Schema;
using Crdt.Types.Registers;

namespace Crdt.Types.Maps;

/// <summary>
/// An observed-remove map whose values are last-write-wins registers. Each key merges by itself; a write to a key that another
/// replica removes concurrently keeps it. The field's <see cref="FieldSchema.Rule"/>, where it has one, chooses among the
/// concurrent writes to a key. Iteration has no particular order.
/// </summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="TKeyCodec">Their canonical bytes.</typeparam>
/// <typeparam name="T">The values; a nullable type where absence can be written.</typeparam>
/// <typeparam name="TCodec">Their canonical bytes.</typeparam>
/// <param name="schema">The field that this is.</param>
public sealed class OrMap<TKey, TKeyCodec, T, TCodec>(FieldSchema schema)
    : KeyedField<TKey, TKeyCodec, Timestamped<T>>(FieldKind.Map, schema), IDictionary<TKey, T>, IReadOnlyDictionary<TKey, T>
    where TKey : notnull
    where TKeyCodec : IValueCodec<TKey>
    where TCodec : IValueCodec<T>
{
    /// <summary>The value of a key. Writing replaces every write to the key that was seen here.</summary>
    /// <exception cref="KeyNotFoundException">A key is read that isn't there.</exception>
    /// <exception cref="ArgumentException">Key or value has no exact form; the message names the property.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written, or the map is full.</exception>
    public T this[TKey key]
    {
        get => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"'{Schema.Name}' has no key {key}.");
        set
        {
            var owned = Own(key, out var before);
            ExactForm.Require<T, TCodec>(value, Schema, "value");
            Entity.RequireWritable();
            RegisterWrites<T, TCodec>.Observe(Entity.Author, before);
            var write = Entity.BeginWrite();
            Entity.Supersede(before);
            Store[owned] = new(write.Dot, RegisterWrites<T, TCodec>.Of(write, value));
            Entity.Notify(this);
        }
    }

    /// <inheritdoc/>
    public bool IsReadOnly => !Entity.IsWritable;

    /// <inheritdoc/>
    public ICollection<TKey> Keys => [.. Store.Entries.Keys];

    /// <inheritdoc/>
    public ICollection<T> Values => [.. Store.Entries.Values.Select(ValueOf)];

    /// <inheritdoc/>
    IEnumerable<TKey> IReadOnlyDictionary<TKey, T>.Keys => Store.Entries.Keys;

    /// <inheritdoc/>
    IEnumerable<T> IReadOnlyDictionary<TKey, T>.Values => Store.Entries.Values.Select(ValueOf);

    /// <summary>The writes to a key that are in force: more than one where writes were concurrent.</summary>
    public IReadOnlyList<Sibling<T>> SiblingsOf(TKey key) => RegisterWrites<T, TCodec>.Siblings(Store[key]);

    /// <inheritdoc cref="IDictionary{TKey,T}.TryGetValue"/>
    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out T value)
    {
        var writes = Store[key];
        value = writes.IsEmpty ? default : ValueOf(writes);
        return !writes.IsEmpty;
    }

    /// <inheritdoc/>
    public void Add(TKey key, T value)
    {
        if (ContainsKey(key)) throw new ArgumentException($"'{Schema.Name}' has the key {key} already.", nameof(key));
        this[key] = value;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<TKey, T>> GetEnumerator()
    {
        foreach (var (key, writes) in Store.Entries) yield return new(key, ValueOf(writes));
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    void ICollection<KeyValuePair<TKey, T>>.Add(KeyValuePair<TKey, T> item) => Add(item.Key, item.Value);

    /// <inheritdoc/>
    void ICollection<KeyValuePair<TKey, T>>.Clear() => RemoveAll();

    /// <inheritdoc/>
    bool ICollection<KeyValuePair<TKey, T>>.Contains(KeyValuePair<TKey, T> item) => Holds(item);

    /// <inheritdoc/>
    void ICollection<KeyValuePair<TKey, T>>.CopyTo(KeyValuePair<TKey, T>[] array, int arrayIndex)
    {
        foreach (var pair in this) array[arrayIndex++] = pair;
    }

    /// <inheritdoc/>
    bool ICollection<KeyValuePair<TKey, T>>.Remove(KeyValuePair<TKey, T> item) => Holds(item) && Remove(item.Key);

    internal override IEnumerable<RegisterConflict> Conflicts(FieldSchema schema) => InByteOrder()
        .Where(entry => RegisterWrites<T, TCodec>.Differ(entry.Dots))
        .Select(entry =>
        {
            var key = KeyOf(entry.Key);
            return RegisterWrites<T, TCodec>.Conflict(this, schema, key, ValueOf(entry.Dots), () => Store[key], value => this[key] = value is null ? default! : (T)value);
        });

    internal override void Apply(in FieldOperation operation)
    {
        var key = operation.ReadKey<TKey, TKeyCodec>();
        if (operation.Verb == FieldVerb.Remove) Remove(key);
        else if (operation.Verb == FieldVerb.Write) this[key] = operation.ReadValue<T, TCodec>();
        else throw operation.Unfit(this);
    }

    private protected override DotMapField<TKey, Timestamped<T>> NewEmpty() => new OrMap<TKey, TKeyCodec, T, TCodec>(Schema);

    private protected override void WritePayload(ref WireWriter writer, Timestamped<T> payload) =>
        RegisterWrites<T, TCodec>.Write(ref writer, payload);

    private protected override Timestamped<T> ReadPayload(ref WireReader reader) => RegisterWrites<T, TCodec>.Read(ref reader);

    private static TKey KeyOf(byte[] bytes)
    {
        var reader = new WireReader(bytes);
        return TKeyCodec.Read(ref reader);
    }

    private T ValueOf(DotFun<Timestamped<T>> writes) => writes.Count > 1 && Schema.Rule is ResolutionRule<T, TCodec> rule
        ? rule.Resolve(RegisterWrites<T, TCodec>.Siblings(writes))
        : RegisterWrites<T, TCodec>.Last(writes).Value;

    private bool Holds(KeyValuePair<TKey, T> item) =>
        TryGetValue(item.Key, out var value) && (value is null || item.Value is null ? value is null && item.Value is null : TCodec.Same(value, item.Value));
}
