namespace Crdt;

/// <summary>Counters by key. One that was never changed reads as 0, so <c>map["tea"] += 2</c> is all there is to write.</summary>
/// <typeparam name="TKey">The keys.</typeparam>
public interface ICounterMap<TKey> : IReadOnlyCollection<KeyValuePair<TKey, long>>
{
    /// <summary>The value of a key, 0 where it isn't there. Assigning adds the difference to what is read.</summary>
    /// <exception cref="ArgumentException">The key has no exact form; the message names the property.</exception>
    /// <exception cref="OverflowException">The difference or a total exceeds 64 bits.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written, or the map is full.</exception>
    long this[TKey key] { get; set; }

    /// <summary>The keys that are there, in no particular order.</summary>
    IReadOnlyCollection<TKey> Keys { get; }

    /// <summary>Whether a key is there. O(1).</summary>
    bool ContainsKey(TKey key);

    /// <summary>Adds a change, which may be negative, to the counter of a key. Adding 0 brings the key into being.</summary>
    /// <exception cref="ArgumentException">The key has no exact form; the message names the property.</exception>
    /// <exception cref="OverflowException">A total would exceed 64 bits.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written, or the map is full.</exception>
    void Add(TKey key, long change);

    /// <summary>Removes a key, as far as its changes were seen here.</summary>
    /// <returns>Whether it was there.</returns>
    bool Remove(TKey key);

    /// <summary>Removes every key, as far as its changes were seen here.</summary>
    void Clear();
}
