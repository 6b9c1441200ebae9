namespace Crdt;

/// <summary>
/// A register whose concurrent values all stay: enumerating gives each distinct value once, in the same order on every replica.
/// One value as a rule, none before the first write, several after concurrent ones.
/// </summary>
/// <typeparam name="T">The value.</typeparam>
public interface IMultiValue<T> : IReadOnlyCollection<T>
{
    /// <summary>Writes a value in place of all that are seen here.</summary>
    /// <exception cref="ArgumentException">The value has no exact form; the message names the property.</exception>
    /// <exception cref="InvalidOperationException">The entity can't be written: it is detached or deleted.</exception>
    void Set(T value);
}
