using System.Collections;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Types.Sets;

/// <summary>
/// An observed-remove set: a removal takes away the additions that its writer has seen, so an addition that was
/// concurrent wins (Bieniusa et al., <i>An Optimized Conflict-free Replicated Set</i>, 2012). Iteration has no
/// particular order.
/// </summary>
/// <typeparam name="T">The elements.</typeparam>
/// <typeparam name="TCodec">Their canonical bytes, which also say which of them are the same.</typeparam>
/// <param name="schema">The field that this is.</param>
public sealed partial class OrSet<T, TCodec>(FieldSchema schema)
    : DotMapField<T, Presence>(FieldKind.Set, schema.Id, CanonicalComparer<T, TCodec>.Instance), ISet<T>, IReadOnlySet<T>
    where T : notnull
    where TCodec : IValueCodec<T>
{
    /// <inheritdoc cref="ICollection{T}.Count"/>
    public int Count => Store.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => !Entity.IsWritable;

    /// <summary>
    /// Adds an element. One that is there already is added anew, so that the addition survives a concurrent removal.
    /// </summary>
    /// <returns>Whether it was missing.</returns>
    /// <exception cref="ArgumentException">The element has no exact form; the message names the property.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written, or the set is full.</exception>
    public bool Add(T item)
    {
        ExactForm.Require<T, TCodec>(item, schema, "element");
        var before = Store[item];
        if (before.IsEmpty && Store.Count >= WireLimits.Items) throw new InvalidOperationException($"'{schema.Name}' holds {WireLimits.Items} elements, which is the limit.");
        var write = Entity.BeginWrite();
        Entity.Supersede(before);
        Store[TCodec.Own(item)] = new(write.Dot, default);
        Entity.Notify(this);
        return before.IsEmpty;
    }

    /// <summary>Removes an element, as far as its additions were seen here.</summary>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="InvalidOperationException">The entity can't be written: it is detached or deleted.</exception>
    public bool Remove(T item)
    {
        Entity.RequireWritable();
        var before = Store[item];
        if (before.IsEmpty) return false;
        Entity.BeginRemoval();
        Entity.Supersede(before);
        Store[item] = default;
        Entity.Notify(this);
        return true;
    }

    /// <inheritdoc/>
    void ICollection<T>.Clear()
    {
        foreach (var item in Store.Entries.Keys.ToArray()) Remove(item);
    }

    /// <inheritdoc cref="ICollection{T}.Contains"/>
    public bool Contains(T item) => !Store[item].IsEmpty;

    /// <inheritdoc/>
    public void CopyTo(T[] array, int arrayIndex)
    {
        foreach (var item in Store.Entries.Keys) array[arrayIndex++] = item;
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => Store.Entries.Keys.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    void ICollection<T>.Add(T item) => Add(item);

    internal override void Apply(in FieldOperation operation)
    {
        var item = operation.ReadKey<T, TCodec>();
        if (operation.Verb == FieldVerb.Remove) Remove(item);
        else if (operation.Verb == FieldVerb.Add) Add(item);
        else throw operation.Unfit(this);
    }

    private protected override DotMapField<T, Presence> NewEmpty() => new OrSet<T, TCodec>(schema);

    private protected override void WriteKey(ref WireWriter writer, T key) => TCodec.Write(ref writer, key);

    private protected override T ReadKey(ref WireReader reader) => TCodec.Read(ref reader);

    private protected override void WritePayload(ref WireWriter writer, Presence payload)
    {
    }

    private protected override Presence ReadPayload(ref WireReader reader) => default;
}
