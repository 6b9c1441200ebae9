using System.Globalization;
using System.Text;
using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Projecting;

namespace Crdt.Browser.Projecting;

/// <summary>Writes the cells of rows as text; see <see cref="SplitForm"/>.</summary>
/// <param name="types">The types of a row's cells.</param>
internal sealed class TextCells(IReadOnlyList<KuzuColumnType> types) : ICells
{
    private readonly StringBuilder _text = new();
    private int _next;
    private int _depth;

    public bool IsInStruct => _depth > 0;

    /// <summary>Begins a row.</summary>
    public void Begin()
    {
        if (_text.Length > 0) _text.Append(SplitForm.RowEnd);
        _next = 0;
    }

    /// <summary>All rows, which it has no more afterwards.</summary>
    public string Take()
    {
        var text = _text.ToString();
        _text.Clear();
        return text;
    }

    public void Text(string text) => Append(text.Length == 0 ? SplitForm.Empty : text);

    public void Null()
    {
        if (types[_next].Kind == KuzuColumnKind.Interval) Interval(SplitForm.Null, SplitForm.Null);
        else Append(SplitForm.Null);
    }

    public void Boolean(bool value) => Append(value ? "true" : "false");

    public void Int8(sbyte value) => Number(value);

    public void Int16(short value) => Number(value);

    public void Int32(int value) => Number(value);

    public void Int64(long value) => Number(value);

    public void UInt8(byte value) => Number(value);

    public void UInt16(ushort value) => Number(value);

    public void UInt32(uint value) => Number(value);

    public void UInt64(ulong value) => Number(value);

    public void Int128(Int128 value) => Number(value);

    public void Single(float value) => Append(Floating(value, value.ToString("R", CultureInfo.InvariantCulture)));

    public void Double(double value) => Append(Floating(value, value.ToString("R", CultureInfo.InvariantCulture)));

    public void Decimal(decimal value) => Number(value);

    public void String(ReadOnlySpan<byte> utf8) => Text(Encoding.UTF8.GetString(utf8));

    public void Blob(ReadOnlySpan<byte> value)
    {
        var text = new StringBuilder(4 * value.Length);
        foreach (var one in value) text.Append(CultureInfo.InvariantCulture, $"\\x{one:X2}");
        Text(text.ToString());
    }

    public void Uuid(Guid value) => Append(value.ToString());

    public void Date(DateOnly value) => Append(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public void Timestamp(DateTime value)
    {
        var text = value.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        Append(types[_next].Kind == KuzuColumnKind.TimestampTz ? text + "+00:00" : text);
    }

    public void Interval(KuzuInterval value) => Interval(value.Days.ToString(CultureInfo.InvariantCulture), value.Microseconds.ToString(CultureInfo.InvariantCulture));

    public void BeginStruct() => _depth++;

    public void EndStruct() => _depth--;

    private void Interval(string days, string microseconds)
    {
        Append(days);
        _text.Append(SplitForm.CellEnd).Append(microseconds);
    }

    private void Number<T>(T value)
        where T : IFormattable => Append(value.ToString(null, CultureInfo.InvariantCulture));

    private void Append(string cell)
    {
        if (_next++ > 0) _text.Append(SplitForm.CellEnd);
        _text.Append(cell);
    }

    private static string Floating(double value, string text) =>
        double.IsNaN(value) ? "NaN" : double.IsPositiveInfinity(value) ? "inf" : double.IsNegativeInfinity(value) ? "-inf" : text;
}
