using System.Collections;
using System.Text;

namespace Crdt.Kuzu.Adopting;

/// <summary>Estimates how many bytes values take in the store, from above, so that transactions are cut before they are too large.</summary>
internal static class ValueSize
{
    // A dot, a stamp, the number of the field, lengths; and of what is simple, the value.
    private const int Overhead = 64;

    /// <summary>The bytes of a value and of all that comes with it.</summary>
    public static int Of(object? value) => value switch
    {
        string text => Overhead + Encoding.UTF8.GetByteCount(text),
        byte[] bytes => Overhead + bytes.Length,
        IReadOnlyDictionary<string, object?> members => Overhead + members.Values.Sum(Part),
        IEnumerable items => Overhead + items.Cast<object?>().Sum(Part),
        _ => Overhead,
    };

    // Within another value there is only a length and a mark that it is there.
    private static int Part(object? value) => Of(value) - Overhead + (value is string or byte[] or IEnumerable ? 8 : 24);
}
