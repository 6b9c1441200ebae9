using System.Runtime.ConstrainedExecution;
using System.Runtime.InteropServices;
using Crdt.Kuzu.Binding;

namespace Crdt.Kuzu.Native;

/// <summary>
/// A column's name, logical type and typed NULL, made once. A list's rows must all have one struct type, so a NULL and an empty list carry
/// the column's type too.
/// </summary>
internal sealed unsafe class ColumnLayout : CriticalFinalizerObject, IDisposable
{
    private Boxed _type;

    public ColumnLayout(string name, KuzuColumnType type)
    {
        Type = type;
        Name = (byte*)Marshal.StringToCoTaskMemUTF8(name);
        _type = CreateType(type);
        fixed (Boxed* boxed = &_type)
            Null = KuzuApi.ValueCreateNull(boxed);
        Element = type.Element is { } element ? new ColumnLayout("", element) : null;
    }

    ~ColumnLayout() => Free();

    public KuzuColumnType Type { get; }

    public ColumnLayout? Element { get; }

    public byte* Name { get; private set; }

    public BoxedOwned* Null { get; private set; }

    /// <summary>A list without elements, which the caller destroys.</summary>
    public BoxedOwned* CreateEmptyList()
    {
        fixed (Boxed* type = &_type)
            return KuzuApi.ValueCreateDefault(type);
    }

    public void Dispose()
    {
        Element?.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    private static Boxed CreateType(KuzuColumnType type)
    {
        Boxed result = default;
        if (type.Element is not { } element)
        {
            KuzuApi.TypeCreate(IdOf(type.Kind), null, 0, &result);
            return result;
        }

        var child = CreateType(element);
        KuzuApi.TypeCreate(TypeId.List, &child, 0, &result);
        KuzuApi.TypeDestroy(&child);
        return result;
    }

    private static TypeId IdOf(KuzuColumnKind kind) => kind switch
    {
        KuzuColumnKind.Boolean => TypeId.Bool,
        KuzuColumnKind.Int8 => TypeId.Int8,
        KuzuColumnKind.Int16 => TypeId.Int16,
        KuzuColumnKind.Int32 => TypeId.Int32,
        KuzuColumnKind.Int64 => TypeId.Int64,
        KuzuColumnKind.UInt8 => TypeId.UInt8,
        KuzuColumnKind.UInt16 => TypeId.UInt16,
        KuzuColumnKind.UInt32 => TypeId.UInt32,
        KuzuColumnKind.UInt64 => TypeId.UInt64,
        KuzuColumnKind.Int128 => TypeId.Int128,
        KuzuColumnKind.Single => TypeId.Float,
        KuzuColumnKind.Double => TypeId.Double,
        KuzuColumnKind.Date => TypeId.Date,
        KuzuColumnKind.Timestamp => TypeId.Timestamp,
        KuzuColumnKind.TimestampTz => TypeId.TimestampTz,
        KuzuColumnKind.TimestampNs => TypeId.TimestampNs,
        KuzuColumnKind.TimestampMs => TypeId.TimestampMs,
        KuzuColumnKind.TimestampSec => TypeId.TimestampSec,
        KuzuColumnKind.Interval => TypeId.Interval,
        _ => TypeId.String,
    };

    private void Free()
    {
        Marshal.FreeCoTaskMem((nint)Name);
        Name = null;
        KuzuApi.ValueDestroy(Null);
        Null = null;
        fixed (Boxed* type = &_type)
            KuzuApi.TypeDestroy(type);
        _type = default;
    }
}
