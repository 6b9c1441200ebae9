using System.Buffers;
using System.Globalization;
using Crdt.Kuzu.Native;

namespace Crdt.Kuzu.Binding;

public sealed unsafe partial class KuzuRows
{
    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.Boolean"/>, its value.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows Boolean(bool value)
    {
        Demand(KuzuColumnKind.Boolean);
        return Push(KuzuApi.ValueCreateBool(value));
    }

    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.Int8"/>, its value.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows Int8(sbyte value)
    {
        Demand(KuzuColumnKind.Int8);
        return Push(KuzuApi.ValueCreateInt8(value));
    }

    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.Int16"/>, its value.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows Int16(short value)
    {
        Demand(KuzuColumnKind.Int16);
        return Push(KuzuApi.ValueCreateInt16(value));
    }

    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.Int32"/>, its value.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows Int32(int value)
    {
        Demand(KuzuColumnKind.Int32);
        return Push(KuzuApi.ValueCreateInt32(value));
    }

    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.Int64"/>, its value.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows Int64(long value)
    {
        Demand(KuzuColumnKind.Int64);
        return Push(KuzuApi.ValueCreateInt64(value));
    }

    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.UInt8"/>, its value.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows UInt8(byte value)
    {
        Demand(KuzuColumnKind.UInt8);
        return Push(KuzuApi.ValueCreateUInt8(value));
    }

    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.UInt16"/>, its value.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows UInt16(ushort value)
    {
        Demand(KuzuColumnKind.UInt16);
        return Push(KuzuApi.ValueCreateUInt16(value));
    }

    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.UInt32"/>, its value.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows UInt32(uint value)
    {
        Demand(KuzuColumnKind.UInt32);
        return Push(KuzuApi.ValueCreateUInt32(value));
    }

    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.UInt64"/>, its value.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows UInt64(ulong value)
    {
        Demand(KuzuColumnKind.UInt64);
        return Push(KuzuApi.ValueCreateUInt64(value));
    }

    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.Single"/>, its value.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows Single(float value)
    {
        Demand(KuzuColumnKind.Single);
        return Push(KuzuApi.ValueCreateFloat(value));
    }

    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.Double"/>, its value.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows Double(double value)
    {
        Demand(KuzuColumnKind.Double);
        return Push(KuzuApi.ValueCreateDouble(value));
    }

    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.Interval"/>, its value.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows Interval(KuzuInterval value)
    {
        Demand(KuzuColumnKind.Interval);
        return Push(KuzuApi.ValueCreateInterval(value));
    }

    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.Int128"/>, its value.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows Int128(Int128 value)
    {
        Demand(KuzuColumnKind.Int128);
        return Push(KuzuApi.ValueCreateInt128(NativeInt128.From(value)));
    }

    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.Date"/>, its value.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows Date(DateOnly value)
    {
        Demand(KuzuColumnKind.Date);
        return Push(KuzuApi.ValueCreateDate(Instants.ToDays(value)));
    }

    /// <summary>Gives the next column, of any timestamp kind, its value. What is finer than the kind's unit is dropped.</summary>
    /// <exception cref="ArgumentException">The time is a local one.</exception>
    /// <exception cref="OverflowException">The kind is in nanoseconds and the time outside of 1677 to 2262.</exception>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows Timestamp(DateTime value) => RawTimestamp(Instants.ToUnits(value, Next().Type.Kind));

    /// <summary>Gives the next column, of any timestamp kind, its value as a count since 1970 in the kind's unit.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows RawTimestamp(long value) => Push(Next().Type.Kind switch
    {
        KuzuColumnKind.Timestamp => KuzuApi.ValueCreateTimestamp(value),
        KuzuColumnKind.TimestampTz => KuzuApi.ValueCreateTimestampTz(value),
        KuzuColumnKind.TimestampNs => KuzuApi.ValueCreateTimestampNs(value),
        KuzuColumnKind.TimestampMs => KuzuApi.ValueCreateTimestampMs(value),
        KuzuColumnKind.TimestampSec => KuzuApi.ValueCreateTimestampSec(value),
        var kind => throw WrongKind(kind, "a timestamp"),
    });

    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.String"/>, its value.</summary>
    /// <exception cref="ArgumentException">The text holds U+0000, where C would cut it, or a surrogate without its pair.</exception>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows String(ReadOnlySpan<char> value)
    {
        Demand(KuzuColumnKind.String);
        return PushText(value, nameof(value));
    }

    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.String"/>, its value in UTF-8.</summary>
    /// <exception cref="ArgumentException">The text holds a zero byte, where C would cut it, or isn't UTF-8.</exception>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows String(ReadOnlySpan<byte> utf8)
    {
        Demand(KuzuColumnKind.String);
        using var text = new NativeText(utf8, stackalloc byte[NativeText.StackSize], nameof(utf8));
        fixed (byte* native = text)
            return Push(KuzuApi.ValueCreateString(native));
    }

    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.Blob"/>, its bytes: any bytes, zeros too.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows Blob(ReadOnlySpan<byte> value)
    {
        Demand(KuzuColumnKind.Blob);
        var length = BlobText.LengthOf(value.Length);
        var rented = ArrayPool<byte>.Shared.Rent(length + 1);
        rented[BlobText.Write(value, rented)] = 0;
        try
        {
            fixed (byte* native = rented)
                return Push(KuzuApi.ValueCreateString(native));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.Uuid"/>, its value.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows Uuid(Guid value)
    {
        Demand(KuzuColumnKind.Uuid);
        Span<char> text = stackalloc char[36];
        value.TryFormat(text, out _);
        return PushText(text, nameof(value));
    }

    /// <summary>Gives the next column, of the kind <see cref="KuzuColumnKind.Decimal"/>, its value. The cast rounds it to the column's
    /// scale.</summary>
    /// <exception cref="InvalidOperationException">The next column is of another kind, or no row was begun.</exception>
    public KuzuRows Decimal(decimal value)
    {
        Demand(KuzuColumnKind.Decimal);
        Span<char> text = stackalloc char[32];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        return PushText(text[..length], nameof(value));
    }

    /// <summary>Gives the next column, of any kind, NULL.</summary>
    /// <exception cref="InvalidOperationException">No row was begun.</exception>
    public KuzuRows Null() => Push(Next().Null, isLent: true);

    private KuzuRows PushText(ReadOnlySpan<char> value, string argument)
    {
        using var text = new NativeText(value, stackalloc byte[NativeText.StackSize], argument);
        fixed (byte* native = text)
            return Push(KuzuApi.ValueCreateString(native));
    }

    private KuzuRows Push(BoxedOwned* value, bool isLent = false)
    {
        _pending.Push(value, isLent);
        CompleteRow();
        return this;
    }

    private void Demand(KuzuColumnKind kind)
    {
        var next = Next().Type.Kind;
        if (next != kind)
            throw WrongKind(next, kind.ToString());
    }

    private static InvalidOperationException WrongKind(KuzuColumnKind next, string given) =>
        new($"The next value is to be of the kind {next}, and {given} was given.");
}
