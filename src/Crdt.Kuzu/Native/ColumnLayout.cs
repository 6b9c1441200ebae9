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
        Parts = [.. type.Parts.Select(part => new ColumnLayout(part.Name, part.Type))];
        _type = CreateType();
        fixed (Boxed* boxed = &_type)
            Null = KuzuApi.ValueCreateNull(boxed);
    }

    ~ColumnLayout() => Free();

    public KuzuColumnType Type { get; }

    /// <summary>The layouts of the element, or of the fields.</summary>
    public ColumnLayout[] Parts { get; }

    public byte* Name { get; private set; }

    public BoxedOwned* Null { get; private set; }

    /// <summary>A list of values that follow one another, which the caller destroys.</summary>
    public BoxedOwned* CreateList(BoxedOwned** values, int count)
    {
        if (count == 0)
        {
            fixed (Boxed* type = &_type)
                return KuzuApi.ValueCreateDefault(type);
        }

        BoxedOwned* list = null;
        return KuzuApi.ValueCreateList((ulong)count, values, &list) == State.Success ? list : throw new InvalidOperationException("The list's elements differ in type.");
    }

    /// <summary>A struct of one value for each field, which the caller destroys.</summary>
    public BoxedOwned* CreateStruct(BoxedOwned** values) => CreateStruct(Parts, values);

    /// <summary>A struct of one value for each layout, which the caller destroys.</summary>
    public static BoxedOwned* CreateStruct(ReadOnlySpan<ColumnLayout> layouts, BoxedOwned** values)
    {
        var names = stackalloc byte*[layouts.Length];
        for (var i = 0; i < layouts.Length; i++)
            names[i] = layouts[i].Name;
        BoxedOwned* result = null;
        return KuzuApi.ValueCreateStruct((ulong)layouts.Length, names, values, &result) == State.Success
            ? result
            : throw new InvalidOperationException("The engine made no struct of the values.");
    }

    public void Dispose()
    {
        foreach (var part in Parts)
            part.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>The C API makes types of lists only; that of a struct is taken from one that holds NULLs.</summary>
    private Boxed CreateType()
    {
        Boxed result = default;
        if (Parts.Length == 0)
        {
            KuzuApi.TypeCreate(IdOf(Type.Kind), null, 0, &result);
            return result;
        }

        if (Type.Kind == KuzuColumnKind.List)
        {
            fixed (Boxed* element = &Parts[0]._type)
                KuzuApi.TypeCreate(TypeId.List, element, 0, &result);
            return result;
        }

        var nulls = stackalloc BoxedOwned*[Parts.Length];
        for (var i = 0; i < Parts.Length; i++)
            nulls[i] = Parts[i].Null;
        var sample = CreateStruct(nulls);
        KuzuApi.ValueGetType(sample, &result);
        KuzuApi.ValueDestroy(sample);
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
