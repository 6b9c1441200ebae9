namespace Crdt;

/// <summary>A list that merges, with the one thing that <see cref="IList{T}"/> has no word for.</summary>
/// <typeparam name="T">The items.</typeparam>
public interface IOrderedList<T> : IList<T>, IReadOnlyList<T>
{
    /// <summary>The item at an index. Writing replaces what is there and leaves it where it is.</summary>
    new T this[int index] { get; set; }

    /// <summary>How many items there are.</summary>
    new int Count { get; }

    /// <summary>Moves an item, so that it is at another index afterwards. Moved elsewhere concurrently, it is where the later move put it.</summary>
    /// <param name="from">Where it is.</param>
    /// <param name="to">Where it will be.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is no index of the list.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written: it is detached or deleted.</exception>
    void Move(int from, int to);
}
