namespace Crdt.Tests.Generators.Features;

/// <summary>A node with a key of every type.</summary>
public static partial class Keyed
{
    [CrdtNode]
    public partial class BySByte
    {
        [Key] public partial sbyte Key { get; }
    }

    [CrdtNode]
    public partial class ByInt16
    {
        [Key] public partial short Key { get; }
    }

    [CrdtNode]
    public partial class ByInt32
    {
        [Key] public partial int Key { get; }
    }

    [CrdtNode]
    public partial class ByInt64
    {
        [Key] public partial long Key { get; }
    }

    [CrdtNode]
    public partial class ByByte
    {
        [Key] public partial byte Key { get; }
    }

    [CrdtNode]
    public partial class ByUInt16
    {
        [Key] public partial ushort Key { get; }
    }

    [CrdtNode]
    public partial class ByUInt32
    {
        [Key] public partial uint Key { get; }
    }

    [CrdtNode]
    public partial class ByUInt64
    {
        [Key] public partial ulong Key { get; }
    }

    [CrdtNode]
    public partial class ByText
    {
        [Key] public partial string Key { get; }
    }

    [CrdtNode]
    public partial class ByGuid
    {
        [Key] public partial Guid Key { get; }
    }
}
