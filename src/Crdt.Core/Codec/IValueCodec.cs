using Crdt.Schema;

namespace Crdt.Codec;

/// <summary>
/// The exact, canonical bytes of one type of value. Two values are the same to this library when their bytes are the
/// same: <c>1.0m</c> and <c>1.00m</c> differ, so do 0.0 and −0.0, and every NaN is one.
/// </summary>
/// <typeparam name="T">The type of value.</typeparam>
public interface IValueCodec<T>
{
    /// <summary>The value's type in schemas.</summary>
    static abstract ValueKind Kind { get; }

    /// <summary>Refuses a value that has no exact form, where it is written rather than when it is sent.</summary>
    /// <exception cref="ArgumentException">Text has an unpaired surrogate or is too long, a time names no moment.</exception>
    static virtual void Check(T value)
    {
    }

    /// <summary>Refuses, as the key of a map, a value that <see cref="Check"/> lets pass: NaN, which is no key to look up.</summary>
    /// <exception cref="ArgumentException">The value can't be a key.</exception>
    static virtual void CheckKey(T value)
    {
    }

    /// <summary>What to keep of a value that a caller hands in: a copy of one that the caller could change afterwards.</summary>
    static virtual T Own(T value) => value;

    /// <summary>Appends the value; its length is kept by whoever contains it.</summary>
    /// <exception cref="ArgumentException">The value has no exact form, such as text with an unpaired surrogate.</exception>
    static abstract void Write(ref WireWriter writer, T value);

    /// <summary>Reads a value that takes all that is left of <paramref name="reader"/>.</summary>
    /// <exception cref="WireFormatException">The bytes are not the canonical form of any value.</exception>
    static abstract T Read(ref WireReader reader);

    /// <summary>The natural order of two values, whatever the culture; 0 also where they only differ in form, such as 1.0 and 1.00.</summary>
    static virtual int Compare(T left, T right) => Comparer<T>.Default.Compare(left, right);

    /// <summary>Whether both values have the same bytes.</summary>
    static virtual bool Same(T left, T right) => EqualityComparer<T>.Default.Equals(left, right);

    /// <summary>A hash code that agrees with <see cref="Same"/>.</summary>
    static virtual int Hash(T value) => value is null ? 0 : EqualityComparer<T>.Default.GetHashCode(value);
}
