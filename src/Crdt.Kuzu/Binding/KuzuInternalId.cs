using System.Runtime.InteropServices;

namespace Crdt.Kuzu.Binding;

/// <summary>Where the engine keeps a node or relationship. It is no key: a deleted row's place is given to another one.</summary>
/// <param name="TableId">The table.</param>
/// <param name="Offset">The row in it.</param>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct KuzuInternalId(ulong TableId, ulong Offset);
