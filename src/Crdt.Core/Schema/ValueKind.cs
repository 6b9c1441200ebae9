namespace Crdt.Schema;

/// <summary>The types of value that a field can hold. The numbers are part of the wire format.</summary>
public enum ValueKind : byte
{
    /// <summary><see cref="bool"/>.</summary>
    Boolean = 1,

    /// <summary><see cref="sbyte"/>.</summary>
    Int8 = 2,

    /// <summary><see cref="short"/>.</summary>
    Int16 = 3,

    /// <summary><see cref="int"/>.</summary>
    Int32 = 4,

    /// <summary><see cref="long"/>.</summary>
    Int64 = 5,

    /// <summary><see cref="byte"/>.</summary>
    UInt8 = 6,

    /// <summary><see cref="ushort"/>.</summary>
    UInt16 = 7,

    /// <summary><see cref="uint"/>.</summary>
    UInt32 = 8,

    /// <summary><see cref="ulong"/>.</summary>
    UInt64 = 9,

    /// <summary><see cref="System.Int128"/>.</summary>
    Int128 = 10,

    /// <summary><see cref="float"/>.</summary>
    Single = 11,

    /// <summary><see cref="double"/>.</summary>
    Double = 12,

    /// <summary><see cref="decimal"/>, scale included.</summary>
    Decimal = 13,

    /// <summary><see cref="string"/>.</summary>
    Text = 14,

    /// <summary>An array of <see cref="byte"/>.</summary>
    Bytes = 15,

    /// <summary><see cref="System.Guid"/>.</summary>
    Guid = 16,

    /// <summary><see cref="DateOnly"/>.</summary>
    Date = 17,

    /// <summary><see cref="TimeOnly"/>, to the tick.</summary>
    Time = 18,

    /// <summary><see cref="System.DateTime"/> in UTC, to the tick.</summary>
    DateTime = 19,

    /// <summary><see cref="System.DateTimeOffset"/>, to the tick, offset included.</summary>
    DateTimeOffset = 20,

    /// <summary><see cref="TimeSpan"/>, to the tick.</summary>
    Duration = 21,

    /// <summary>An enum, as its integer.</summary>
    Enum = 22,

    /// <summary>A list that is written as a whole.</summary>
    List = 23,

    /// <summary>A record that is written as a whole.</summary>
    Record = 24,

    /// <summary>A value that may be absent, inside a list or record.</summary>
    Optional = 25,
}
