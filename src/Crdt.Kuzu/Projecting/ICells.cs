using Crdt.Kuzu.Binding;

namespace Crdt.Kuzu.Projecting;

/// <summary>
/// Takes the values of a row, one after the other, in the types of their columns: for the engine, or to say what the engine will show.
/// </summary>
internal interface ICells
{
    /// <summary>Whether the next value is one of a struct's, or lies in one.</summary>
    bool IsInStruct { get; }

    void Null();

    void Boolean(bool value);

    void Int8(sbyte value);

    void Int16(short value);

    void Int32(int value);

    void Int64(long value);

    void UInt8(byte value);

    void UInt16(ushort value);

    void UInt32(uint value);

    void UInt64(ulong value);

    void Int128(Int128 value);

    void Single(float value);

    void Double(double value);

    /// <summary>A number with as many digits behind the point as its column has.</summary>
    void Decimal(decimal value);

    void String(ReadOnlySpan<byte> utf8);

    void Blob(ReadOnlySpan<byte> value);

    void Uuid(Guid value);

    void Date(DateOnly value);

    /// <summary>A time in UTC; what is finer than a microsecond is dropped.</summary>
    void Timestamp(DateTime value);

    void Interval(KuzuInterval value);

    /// <summary>Begins a struct; a value for each of its fields follows, then <see cref="EndStruct"/>.</summary>
    void BeginStruct();

    void EndStruct();
}
