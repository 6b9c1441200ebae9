using System.Text;
using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Tables;

namespace Crdt.Kuzu.Projecting;

/// <summary>The cells of one row, each a parameter of a statement.</summary>
/// <param name="statement">The statement.</param>
/// <param name="table">The table of the row, all of whose columns can be parameters.</param>
internal sealed class ParameterCells(KuzuStatement statement, TableShape table) : ICells
{
    private readonly string[] _names = [.. table.ColumnNames.Select((_, i) => TableShape.FieldName(i))];
    private int _next;

    public bool IsInStruct => false;

    /// <summary>Begins with the first column again.</summary>
    public ParameterCells Restart()
    {
        _next = 0;
        return this;
    }

    public void Null() => statement.BindNull(_names[_next], table.ColumnTypes[_next++]);

    public void Boolean(bool value) => statement.Bind(_names[_next++], value);

    public void Int8(sbyte value) => statement.Bind(_names[_next++], value);

    public void Int16(short value) => statement.Bind(_names[_next++], value);

    public void Int32(int value) => statement.Bind(_names[_next++], value);

    public void Int64(long value) => statement.Bind(_names[_next++], value);

    public void UInt8(byte value) => statement.Bind(_names[_next++], value);

    public void UInt16(ushort value) => statement.Bind(_names[_next++], value);

    public void UInt32(uint value) => statement.Bind(_names[_next++], value);

    public void UInt64(ulong value) => statement.Bind(_names[_next++], value);

    public void Int128(Int128 value) => statement.Bind(_names[_next++], value);

    public void Single(float value) => statement.Bind(_names[_next++], value);

    public void Double(double value) => statement.Bind(_names[_next++], value);

    public void Decimal(decimal value) => throw NoParameter();

    public void String(ReadOnlySpan<byte> utf8) => statement.Bind(_names[_next++], Encoding.UTF8.GetString(utf8));

    public void Blob(ReadOnlySpan<byte> value) => throw NoParameter();

    public void Uuid(Guid value) => throw NoParameter();

    public void Date(DateOnly value) => statement.Bind(_names[_next++], value);

    public void Timestamp(DateTime value)
    {
        if (table.ColumnTypes[_next].Kind == KuzuColumnKind.TimestampTz) statement.Bind(_names[_next++], new DateTimeOffset(value));
        else statement.Bind(_names[_next++], value);
    }

    public void Interval(KuzuInterval value) => statement.Bind(_names[_next++], value);

    public void BeginStruct() => throw NoParameter();

    public void EndStruct() => throw NoParameter();

    private static NotSupportedException NoParameter() => new("The value is no parameter of its own.");
}
