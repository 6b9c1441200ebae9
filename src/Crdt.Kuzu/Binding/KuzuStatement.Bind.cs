using Crdt.Kuzu.Native;

namespace Crdt.Kuzu.Binding;

public sealed unsafe partial class KuzuStatement
{
    /// <summary>Binds a parameter.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, bool value)
    {
        using var text = new NativeText(name, stackalloc byte[NativeText.StackSize], nameof(name));
        using var lease = _handle.Use();
        var statement = _handle.Boxed(lease);
        fixed (byte* native = text)
            return Checked(KuzuApi.BindBool(&statement, native, value));
    }

    /// <summary>Binds a parameter.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, sbyte value)
    {
        using var text = new NativeText(name, stackalloc byte[NativeText.StackSize], nameof(name));
        using var lease = _handle.Use();
        var statement = _handle.Boxed(lease);
        fixed (byte* native = text)
            return Checked(KuzuApi.BindInt8(&statement, native, value));
    }

    /// <summary>Binds a parameter.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, short value)
    {
        using var text = new NativeText(name, stackalloc byte[NativeText.StackSize], nameof(name));
        using var lease = _handle.Use();
        var statement = _handle.Boxed(lease);
        fixed (byte* native = text)
            return Checked(KuzuApi.BindInt16(&statement, native, value));
    }

    /// <summary>Binds a parameter.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, int value)
    {
        using var text = new NativeText(name, stackalloc byte[NativeText.StackSize], nameof(name));
        using var lease = _handle.Use();
        var statement = _handle.Boxed(lease);
        fixed (byte* native = text)
            return Checked(KuzuApi.BindInt32(&statement, native, value));
    }

    /// <summary>Binds a parameter.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, long value)
    {
        using var text = new NativeText(name, stackalloc byte[NativeText.StackSize], nameof(name));
        using var lease = _handle.Use();
        var statement = _handle.Boxed(lease);
        fixed (byte* native = text)
            return Checked(KuzuApi.BindInt64(&statement, native, value));
    }

    /// <summary>Binds a parameter.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, byte value)
    {
        using var text = new NativeText(name, stackalloc byte[NativeText.StackSize], nameof(name));
        using var lease = _handle.Use();
        var statement = _handle.Boxed(lease);
        fixed (byte* native = text)
            return Checked(KuzuApi.BindUInt8(&statement, native, value));
    }

    /// <summary>Binds a parameter.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, ushort value)
    {
        using var text = new NativeText(name, stackalloc byte[NativeText.StackSize], nameof(name));
        using var lease = _handle.Use();
        var statement = _handle.Boxed(lease);
        fixed (byte* native = text)
            return Checked(KuzuApi.BindUInt16(&statement, native, value));
    }

    /// <summary>Binds a parameter.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, uint value)
    {
        using var text = new NativeText(name, stackalloc byte[NativeText.StackSize], nameof(name));
        using var lease = _handle.Use();
        var statement = _handle.Boxed(lease);
        fixed (byte* native = text)
            return Checked(KuzuApi.BindUInt32(&statement, native, value));
    }

    /// <summary>Binds a parameter.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, ulong value)
    {
        using var text = new NativeText(name, stackalloc byte[NativeText.StackSize], nameof(name));
        using var lease = _handle.Use();
        var statement = _handle.Boxed(lease);
        fixed (byte* native = text)
            return Checked(KuzuApi.BindUInt64(&statement, native, value));
    }

    /// <summary>Binds a parameter.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, float value)
    {
        using var text = new NativeText(name, stackalloc byte[NativeText.StackSize], nameof(name));
        using var lease = _handle.Use();
        var statement = _handle.Boxed(lease);
        fixed (byte* native = text)
            return Checked(KuzuApi.BindFloat(&statement, native, value));
    }

    /// <summary>Binds a parameter.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, double value)
    {
        using var text = new NativeText(name, stackalloc byte[NativeText.StackSize], nameof(name));
        using var lease = _handle.Use();
        var statement = _handle.Boxed(lease);
        fixed (byte* native = text)
            return Checked(KuzuApi.BindDouble(&statement, native, value));
    }

    /// <summary>Binds a parameter to a STRING.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value; null for NULL.</param>
    /// <exception cref="ArgumentException">The text holds U+0000, where C would cut it, or a surrogate without its pair.</exception>
    public KuzuStatement Bind(string name, string? value)
    {
        if (value is null)
            return BindNull(name, KuzuColumnType.String);
        using var text = new NativeText(name, stackalloc byte[NativeText.StackSize], nameof(name));
        using var valueText = new NativeText(value, stackalloc byte[NativeText.StackSize], nameof(value));
        using var lease = _handle.Use();
        var statement = _handle.Boxed(lease);
        fixed (byte* native = text)
        fixed (byte* nativeValue = valueText)
            return Checked(KuzuApi.BindString(&statement, native, nativeValue));
    }

    /// <summary>Binds a parameter to an INT128.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, Int128 value) => BindOwned(name, KuzuApi.ValueCreateInt128(NativeInt128.From(value)));

    /// <summary>Binds a parameter to a DATE.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, DateOnly value) => BindOwned(name, KuzuApi.ValueCreateDate(Instants.ToDays(value)));

    /// <summary>Binds a parameter to a TIMESTAMP; what is finer than a microsecond is dropped.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value, in UTC.</param>
    /// <exception cref="ArgumentException">The time is a local one.</exception>
    public KuzuStatement Bind(string name, DateTime value) =>
        BindOwned(name, KuzuApi.ValueCreateTimestamp(Instants.ToUnits(value, KuzuColumnKind.Timestamp)));

    /// <summary>Binds a parameter to a TIMESTAMP_TZ; what is finer than a microsecond is dropped, and so is the offset.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, DateTimeOffset value) =>
        BindOwned(name, KuzuApi.ValueCreateTimestampTz(Instants.ToUnits(value.UtcDateTime, KuzuColumnKind.TimestampTz)));

    /// <summary>Binds a parameter to a TIMESTAMP_NS.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, KuzuNanoseconds value) => BindOwned(name, KuzuApi.ValueCreateTimestampNs(value.SinceEpoch));

    /// <summary>Binds a parameter to an INTERVAL.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, KuzuInterval value) => BindOwned(name, KuzuApi.ValueCreateInterval(value));

    /// <summary>Binds a parameter to an internal id.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, KuzuInternalId value) => BindOwned(name, KuzuApi.ValueCreateInternalId(value));

    /// <summary>
    /// Binds a parameter to the text of a UUID, which the statement casts: see <see cref="KuzuColumnType.ParameterExpression"/>.
    /// </summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, Guid value) => Bind(name, value.ToString("D"));

    /// <summary>
    /// Binds a parameter to the text of a DECIMAL, which the statement casts: see <see cref="KuzuColumnType.ParameterExpression"/>.
    /// </summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its value.</param>
    public KuzuStatement Bind(string name, decimal value) => Bind(name, value.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>
    /// Binds a parameter to the text of a BLOB, which the statement casts: see <see cref="KuzuColumnType.ParameterExpression"/>.
    /// </summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="value">Its bytes.</param>
    public KuzuStatement BindBlob(string name, ReadOnlySpan<byte> value)
    {
        var text = new byte[BlobText.LengthOf(value.Length)];
        BlobText.Write(value, text);
        return Bind(name, System.Text.Encoding.ASCII.GetString(text));
    }

    /// <summary>Binds a parameter to NULL.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="type">The type it stands in for.</param>
    public KuzuStatement BindNull(string name, KuzuColumnType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        using var layout = new ColumnLayout("", type);
        return BindCopy(name, layout.Null);
    }

    /// <summary>Binds a parameter to the rows of a builder, which are copied: it may be cleared at once.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="rows">The rows; none makes an empty list of their type.</param>
    /// <exception cref="InvalidOperationException">The last row is not complete.</exception>
    public KuzuStatement Bind(string name, KuzuRows rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Bind(name, rows, 0, rows.Count);
    }

    /// <summary>Binds a parameter to some of a builder's rows, as one does to split a batch that was too large.</summary>
    /// <param name="name">Its name, without the dollar sign.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="start">The first one.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are not so many.</exception>
    /// <exception cref="InvalidOperationException">The last row is not complete.</exception>
    public KuzuStatement Bind(string name, KuzuRows rows, int start, int count)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return BindOwned(name, rows.CreateList(start, count));
    }

    private KuzuStatement BindOwned(string name, BoxedOwned* value)
    {
        try
        {
            return BindCopy(name, value);
        }
        finally
        {
            KuzuApi.ValueDestroy(value);
        }
    }

    private KuzuStatement BindCopy(string name, BoxedOwned* value)
    {
        using var text = new NativeText(name, stackalloc byte[NativeText.StackSize], nameof(name));
        using var lease = _handle.Use();
        var statement = _handle.Boxed(lease);
        fixed (byte* native = text)
            return Checked(KuzuApi.BindValue(&statement, native, value));
    }

    private KuzuStatement Checked(State state) => state == State.Success
        ? this
        : throw new KuzuException("The engine refused the parameter's value.", _cypher, KuzuErrorReason.Unknown);
}
