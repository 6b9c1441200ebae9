using System.Text;
using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Native;
using Crdt.Kuzu.Tables;

namespace Crdt.Kuzu.Projecting;

/// <summary>
/// Says what the engine will show of an entity, as <see cref="ShownText"/> says what it does show. The conversions are few and known, and asking
/// the engine for them would take longer than reading the rows.
/// </summary>
/// <param name="table">The table of the entities.</param>
internal sealed class ShownCells(TableShape table) : ICells
{
    private readonly List<string> _values = new(table.ColumnNames.Count);
    private readonly Stack<OpenStruct> _open = new();

    public bool IsInStruct => _open.Count > 0;

    /// <summary>The values that were taken, which begins those of another row.</summary>
    public IReadOnlyList<string> Take()
    {
        string[] values = [.. _values];
        _values.Clear();
        return values;
    }

    public void Null() => Show(null);

    public void Boolean(bool value) => Show(value);

    public void Int8(sbyte value) => Show(value);

    public void Int16(short value) => Show(value);

    public void Int32(int value) => Show(value);

    public void Int64(long value) => Show(value);

    public void UInt8(byte value) => Show(value);

    public void UInt16(ushort value) => Show(value);

    public void UInt32(uint value) => Show(value);

    public void UInt64(ulong value) => Show(value);

    public void Int128(Int128 value) => Show(value);

    public void Single(float value) => Show(value);

    public void Double(double value) => Show(value);

    public void Decimal(decimal value) => Show(value);

    public void String(ReadOnlySpan<byte> utf8) => Show(Encoding.UTF8.GetString(utf8));

    public void Blob(ReadOnlySpan<byte> value) => Add(ShownText.OfBytes(value));

    public void Uuid(Guid value) => Show(value);

    public void Date(DateOnly value) => Show(value);

    public void Timestamp(DateTime value)
    {
        var kept = Instants.FromUnits(Instants.ToUnits(value, KuzuColumnKind.Timestamp), TimeSpan.TicksPerMicrosecond);
        if (Next.Kind == KuzuColumnKind.TimestampTz) Show(new DateTimeOffset(kept));
        else Show(kept);
    }

    public void Interval(KuzuInterval value) => Show(value);

    public void BeginStruct() => _open.Push(new(Next.Fields));

    public void EndStruct()
    {
        var (fields, values) = _open.Pop();
        Add(ShownText.OfFields(fields.Select(field => field.Name).Zip(values)));
    }

    private KuzuColumnType Next => _open.TryPeek(out var open) ? open.Fields[open.Values.Count].Type : table.ColumnTypes[_values.Count];

    private void Show(object? value) => Add(ShownText.Of(value));

    private void Add(string text)
    {
        if (_open.TryPeek(out var open)) open.Values.Add(text);
        else _values.Add(text);
    }

    /// <summary>A struct that was begun, with the values of its fields so far.</summary>
    private readonly record struct OpenStruct(IReadOnlyList<KuzuColumn> Fields)
    {
        public List<string> Values { get; } = [];

        public void Deconstruct(out IReadOnlyList<KuzuColumn> fields, out List<string> values) => (fields, values) = (Fields, Values);
    }
}
