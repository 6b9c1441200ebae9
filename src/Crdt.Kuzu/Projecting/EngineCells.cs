using Crdt.Kuzu.Binding;

namespace Crdt.Kuzu.Projecting;

/// <summary>The cells of rows that a statement unwinds.</summary>
/// <param name="rows">The rows.</param>
internal sealed class EngineCells(KuzuRows rows) : ICells
{
    public bool IsInStruct => rows.IsInStruct;

    public void Null() => rows.Null();

    public void Boolean(bool value) => rows.Boolean(value);

    public void Int8(sbyte value) => rows.Int8(value);

    public void Int16(short value) => rows.Int16(value);

    public void Int32(int value) => rows.Int32(value);

    public void Int64(long value) => rows.Int64(value);

    public void UInt8(byte value) => rows.UInt8(value);

    public void UInt16(ushort value) => rows.UInt16(value);

    public void UInt32(uint value) => rows.UInt32(value);

    public void UInt64(ulong value) => rows.UInt64(value);

    public void Int128(Int128 value) => rows.Int128(value);

    public void Single(float value) => rows.Single(value);

    public void Double(double value) => rows.Double(value);

    public void Decimal(decimal value) => rows.Decimal(value);

    public void String(ReadOnlySpan<byte> utf8) => rows.String(utf8);

    public void Blob(ReadOnlySpan<byte> value) => rows.Blob(value);

    public void Uuid(Guid value) => rows.Uuid(value);

    public void Date(DateOnly value) => rows.Date(value);

    public void Timestamp(DateTime value) => rows.Timestamp(value);

    public void Interval(KuzuInterval value) => rows.Interval(value);

    public void BeginStruct() => rows.BeginStruct();

    public void EndStruct() => rows.EndStruct();
}
