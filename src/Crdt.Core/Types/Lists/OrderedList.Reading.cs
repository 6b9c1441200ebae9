using System.Collections;

namespace Crdt.Types.Lists;

/// <content>The parts of <see cref="IList{T}"/> that only read, or that are made of single changes.</content>
public sealed partial class OrderedList<T, TCodec>
{
    /// <inheritdoc/>
    public void Add(T item) => Insert(Count, item);

    /// <inheritdoc/>
    public bool Remove(T item)
    {
        var index = IndexOf(item);
        if (index >= 0) RemoveAt(index);
        return index >= 0;
    }

    /// <inheritdoc/>
    void ICollection<T>.Clear()
    {
        while (Count > 0) RemoveAt(Count - 1);
    }

    /// <inheritdoc/>
    public int IndexOf(T item) => item is null ? -1 : Order.FindIndex(entry => TCodec.Same(entry.Item.Value, item));

    /// <inheritdoc/>
    public bool Contains(T item) => IndexOf(item) >= 0;

    /// <inheritdoc/>
    public void CopyTo(T[] array, int arrayIndex)
    {
        foreach (var entry in Order) array[arrayIndex++] = entry.Item.Value;
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator()
    {
        foreach (var entry in Order) yield return entry.Item.Value;
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
