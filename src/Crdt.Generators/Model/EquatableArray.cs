using System.Collections;

namespace Crdt.Generators.Model;

/// <summary>An array that equals another with equal items, which is what lets the compiler skip work that wouldn't change.</summary>
/// <remarks>
/// A class, as everything is that flows between the steps. The compiler's steps are generic, and only over references is
/// there code of them already: each kind of value costs a first build some hundred methods to compile.
/// </remarks>
internal sealed class EquatableArray<T>(T[] items) : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
    where T : class?
{
    public static EquatableArray<T> Empty { get; } = new([]);

    public int Count => items.Length;

    private T[] Items => items;

    public T this[int index] => items[index];

    public bool Equals(EquatableArray<T>? other)
    {
        if (other is null || other.Count != Count) return false;
        for (var i = 0; i < items.Length; i++)
        {
            if (!Equals(items[i], other.Items[i])) return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as EquatableArray<T>);

    public override int GetHashCode()
    {
        var hash = 17;
        foreach (var item in items) hash = unchecked((hash * 31) + (item?.GetHashCode() ?? 0));
        return hash;
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
