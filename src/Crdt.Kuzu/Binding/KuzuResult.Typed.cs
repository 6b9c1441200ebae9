using System.Globalization;
using Crdt.Kuzu.Native;

namespace Crdt.Kuzu.Binding;

public sealed unsafe partial class KuzuResult
{
    /// <summary>
    /// A column's value by its type: <c>bool</c>, the integer of its width and sign, <see cref="Int128"/>, <c>float</c>, <c>double</c>,
    /// <c>string</c>,
    /// <c>byte[]</c> for BLOB, <see cref="Guid"/>, <see cref="DateOnly"/>, UTC <see cref="DateTime"/> for TIMESTAMP, TIMESTAMP_MS and
    /// TIMESTAMP_SEC,
    /// <see cref="DateTimeOffset"/> for TIMESTAMP_TZ, <see cref="KuzuNanoseconds"/>, <see cref="KuzuInterval"/>, <c>decimal</c> (its text
    /// where it has more
    /// than 28 digits), <c>object?[]</c> for LIST and ARRAY, a dictionary for STRUCT, an array of pairs for MAP, the member that is set
    /// for UNION,
    /// <see cref="KuzuNode"/>, <see cref="KuzuRel"/>, <see cref="KuzuPath"/>, <see cref="KuzuInternalId"/>; null for NULL.
    /// </summary>
    /// <param name="column">The column, from zero.</param>
    /// <exception cref="OverflowException">A date or time is outside of the years 1 to 9999.</exception>
    public object? GetValue(int column)
    {
        using var lease = _handle.Use();
        var value = Value(column);
        return ValueReader.Read(&value);
    }

    /// <summary>Whether a column is NULL.</summary>
    /// <param name="column">The column, from zero.</param>
    public bool IsNull(int column)
    {
        using var lease = _handle.Use();
        var value = Value(column);
        return KuzuApi.ValueIsNull(&value);
    }

    /// <summary>A column of the type BOOL.</summary>
    /// <param name="column">The column, from zero.</param>
    /// <exception cref="InvalidCastException">The column is NULL or of another type.</exception>
    public bool GetBoolean(int column)
    {
        using var lease = _handle.Use();
        var value = NonNull(column);
        return ValueReader.Get<byte>(&KuzuApi.ValueGetBool, &value) != 0;
    }

    /// <summary>A column of the type DOUBLE.</summary>
    /// <param name="column">The column, from zero.</param>
    /// <exception cref="InvalidCastException">The column is NULL or of another type.</exception>
    public double GetDouble(int column)
    {
        using var lease = _handle.Use();
        var value = NonNull(column);
        return ValueReader.Get<double>(&KuzuApi.ValueGetDouble, &value);
    }

    /// <summary>A column of the type FLOAT.</summary>
    /// <param name="column">The column, from zero.</param>
    /// <exception cref="InvalidCastException">The column is NULL or of another type.</exception>
    public float GetSingle(int column)
    {
        using var lease = _handle.Use();
        var value = NonNull(column);
        return ValueReader.Get<float>(&KuzuApi.ValueGetFloat, &value);
    }

    /// <summary>A column of the type INTERVAL.</summary>
    /// <param name="column">The column, from zero.</param>
    /// <exception cref="InvalidCastException">The column is NULL or of another type.</exception>
    public KuzuInterval GetInterval(int column)
    {
        using var lease = _handle.Use();
        var value = NonNull(column);
        return ValueReader.Get<KuzuInterval>(&KuzuApi.ValueGetInterval, &value);
    }

    /// <summary>A column of the type INTERNAL_ID.</summary>
    /// <param name="column">The column, from zero.</param>
    /// <exception cref="InvalidCastException">The column is NULL or of another type.</exception>
    public KuzuInternalId GetInternalId(int column)
    {
        using var lease = _handle.Use();
        var value = NonNull(column);
        return ValueReader.Get<KuzuInternalId>(&KuzuApi.ValueGetInternalId, &value);
    }

    /// <summary>A column of any integer type whose value fits 64 bits with a sign.</summary>
    /// <param name="column">The column, from zero.</param>
    /// <exception cref="InvalidCastException">The column is NULL or no integer.</exception>
    public long GetInt64(int column)
    {
        using var lease = _handle.Use();
        var value = NonNull(column);
        long result = 0;
        return KuzuApi.ValueGetInt64(&value, &result) == State.Success ? result : checked((long)WidenInteger(&value));
    }

    /// <summary>A column of any integer type whose value fits 64 bits without a sign.</summary>
    /// <param name="column">The column, from zero.</param>
    /// <exception cref="InvalidCastException">The column is NULL or no integer.</exception>
    public ulong GetUInt64(int column)
    {
        using var lease = _handle.Use();
        var value = NonNull(column);
        ulong result = 0;
        return KuzuApi.ValueGetUInt64(&value, &result) == State.Success ? result : checked((ulong)WidenInteger(&value));
    }

    /// <summary>A column of any integer type.</summary>
    /// <param name="column">The column, from zero.</param>
    /// <exception cref="InvalidCastException">The column is NULL or no integer.</exception>
    public Int128 GetInt128(int column)
    {
        using var lease = _handle.Use();
        var value = NonNull(column);
        return WidenInteger(&value);
    }

    /// <summary>A column of the type STRING.</summary>
    /// <param name="column">The column, from zero.</param>
    /// <exception cref="InvalidCastException">The column is NULL or of another type.</exception>
    public string GetString(int column)
    {
        using var lease = _handle.Use();
        var value = NonNull(column);
        return ValueReader.GetText(&KuzuApi.ValueGetString, &value);
    }

    /// <summary>A column of the type BLOB.</summary>
    /// <param name="column">The column, from zero.</param>
    /// <exception cref="InvalidCastException">The column is NULL or of another type.</exception>
    public byte[] GetBlob(int column)
    {
        using var lease = _handle.Use();
        var value = NonNull(column);
        return ValueReader.TypeOf(&value) == TypeId.Blob ? BlobText.Parse(ValueReader.TextOf(&value)) : throw ValueReader.WrongType(&value);
    }

    /// <summary>A column of the type UUID.</summary>
    /// <param name="column">The column, from zero.</param>
    /// <exception cref="InvalidCastException">The column is NULL or of another type.</exception>
    public Guid GetGuid(int column)
    {
        using var lease = _handle.Use();
        var value = NonNull(column);
        return Guid.Parse(ValueReader.GetText(&KuzuApi.ValueGetUuid, &value));
    }

    /// <summary>A column of the type DECIMAL, as text, with all its digits.</summary>
    /// <param name="column">The column, from zero.</param>
    /// <exception cref="InvalidCastException">The column is NULL or of another type.</exception>
    public string GetDecimalText(int column)
    {
        using var lease = _handle.Use();
        var value = NonNull(column);
        return ValueReader.DecimalText(&value);
    }

    /// <summary>A column of the type DECIMAL. More than 28 digits are rounded, or overflow: <see cref="GetDecimalText"/> gives them
    /// all.</summary>
    /// <param name="column">The column, from zero.</param>
    /// <exception cref="InvalidCastException">The column is NULL or of another type.</exception>
    public decimal GetDecimal(int column)
    {
        using var lease = _handle.Use();
        var value = NonNull(column);
        return decimal.Parse(ValueReader.DecimalText(&value), NumberStyles.Number, CultureInfo.InvariantCulture);
    }

    /// <summary>A column of the type DATE.</summary>
    /// <param name="column">The column, from zero.</param>
    /// <exception cref="InvalidCastException">The column is NULL or of another type.</exception>
    public DateOnly GetDate(int column)
    {
        using var lease = _handle.Use();
        var value = NonNull(column);
        return Instants.FromDays(ValueReader.Get<int>(&KuzuApi.ValueGetDate, &value));
    }

    /// <summary>A column of any timestamp type, in UTC; of nanoseconds, the last two digits are dropped.</summary>
    /// <param name="column">The column, from zero.</param>
    /// <exception cref="InvalidCastException">The column is NULL or of another type.</exception>
    public DateTime GetDateTime(int column)
    {
        using var lease = _handle.Use();
        var value = NonNull(column);
        return ValueReader.TypeOf(&value) switch
        {
            TypeId.TimestampNs => Instants.FromUnits(RawTimestamp(&value) / TimeSpan.NanosecondsPerTick, 1),
            TypeId.TimestampMs => Instants.FromUnits(RawTimestamp(&value), TimeSpan.TicksPerMillisecond),
            TypeId.TimestampSec => Instants.FromUnits(RawTimestamp(&value), TimeSpan.TicksPerSecond),
            _ => Instants.FromUnits(RawTimestamp(&value), TimeSpan.TicksPerMicrosecond),
        };
    }

    /// <summary>A column of any timestamp type, as the count since 1970 in its own unit: microseconds for TIMESTAMP and
    /// TIMESTAMP_TZ.</summary>
    /// <param name="column">The column, from zero.</param>
    /// <exception cref="InvalidCastException">The column is NULL or of another type.</exception>
    public long GetRawTimestamp(int column)
    {
        using var lease = _handle.Use();
        var value = NonNull(column);
        return RawTimestamp(&value);
    }

    private BoxedOwned NonNull(int column)
    {
        var value = Value(column);
        return KuzuApi.ValueIsNull(&value) ? throw new InvalidCastException($"Column {column} ('{ColumnNames[column]}') is NULL.") : value;
    }

    private static Int128 WidenInteger(BoxedOwned* value) => ValueReader.Read(value) switch
    {
        long v => v,
        ulong v => v,
        int v => v,
        uint v => v,
        short v => v,
        ushort v => v,
        sbyte v => v,
        byte v => v,
        Int128 v => v,
        _ => throw ValueReader.WrongType(value),
    };

    private static long RawTimestamp(BoxedOwned* value) => ValueReader.TypeOf(value) switch
    {
        TypeId.Timestamp => ValueReader.Get<long>(&KuzuApi.ValueGetTimestamp, value),
        TypeId.TimestampTz => ValueReader.Get<long>(&KuzuApi.ValueGetTimestampTz, value),
        TypeId.TimestampNs => ValueReader.Get<long>(&KuzuApi.ValueGetTimestampNs, value),
        TypeId.TimestampMs => ValueReader.Get<long>(&KuzuApi.ValueGetTimestampMs, value),
        TypeId.TimestampSec => ValueReader.Get<long>(&KuzuApi.ValueGetTimestampSec, value),
        _ => throw ValueReader.WrongType(value),
    };
}
