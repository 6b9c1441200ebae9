using System.Runtime.InteropServices;

namespace Crdt.Kuzu.Native;

/// <summary>Whether a call of the C API did what it was asked to.</summary>
internal enum State
{
    Success = 0,
    Error = 1,
}

/// <summary><c>kuzu_system_config</c>. On macOS the C struct has one more field, at its end.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SystemConfig
{
    public ulong BufferPoolSize;
    public ulong MaxThreads;
    public byte Compression;
    public byte ReadOnly;
    public ulong MaxDatabaseSize;
    public byte AutoCheckpoint;
    public ulong CheckpointThreshold;
    public uint ThreadQualityOfService;
}

/// <summary><c>kuzu_database</c>, <c>kuzu_connection</c>, <c>kuzu_logical_type</c>: a pointer in a struct, passed by its address.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Boxed
{
    public nint Pointer;
}

/// <summary><c>kuzu_prepared_statement</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BoxedStatement
{
    public nint Statement;
    public nint BoundValues;
}

/// <summary><c>kuzu_query_result</c>, <c>kuzu_flat_tuple</c>, <c>kuzu_value</c>: what the engine owns is not to be destroyed
/// here.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BoxedOwned
{
    public nint Pointer;
    public byte IsOwnedByEngine;
}

/// <summary><c>kuzu_int128_t</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeInt128
{
    public ulong Low;
    public long High;

    public static NativeInt128 From(Int128 value) =>
        new() { Low = (ulong)(value & ulong.MaxValue), High = (long)(value >> 64) };

    public readonly Int128 ToInt128() => new((ulong)High, Low);
}
