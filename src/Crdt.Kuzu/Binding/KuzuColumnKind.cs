namespace Crdt.Kuzu.Binding;

/// <summary>The kinds of column a parameter can fill.</summary>
public enum KuzuColumnKind
{
    /// <summary>BOOL.</summary>
    Boolean,

    /// <summary>INT8.</summary>
    Int8,

    /// <summary>INT16.</summary>
    Int16,

    /// <summary>INT32.</summary>
    Int32,

    /// <summary>INT64.</summary>
    Int64,

    /// <summary>UINT8.</summary>
    UInt8,

    /// <summary>UINT16.</summary>
    UInt16,

    /// <summary>UINT32.</summary>
    UInt32,

    /// <summary>UINT64.</summary>
    UInt64,

    /// <summary>INT128.</summary>
    Int128,

    /// <summary>FLOAT, 32 bits.</summary>
    Single,

    /// <summary>DOUBLE, 64 bits.</summary>
    Double,

    /// <summary>STRING.</summary>
    String,

    /// <summary>BLOB. It travels as text and is cast by the statement.</summary>
    Blob,

    /// <summary>UUID. It travels as text and is cast by the statement.</summary>
    Uuid,

    /// <summary>DECIMAL. It travels as text and is cast by the statement.</summary>
    Decimal,

    /// <summary>DATE.</summary>
    Date,

    /// <summary>TIMESTAMP, in microseconds.</summary>
    Timestamp,

    /// <summary>TIMESTAMP_TZ, in microseconds.</summary>
    TimestampTz,

    /// <summary>TIMESTAMP_NS, in nanoseconds.</summary>
    TimestampNs,

    /// <summary>TIMESTAMP_MS, in milliseconds.</summary>
    TimestampMs,

    /// <summary>TIMESTAMP_SEC, in seconds.</summary>
    TimestampSec,

    /// <summary>INTERVAL.</summary>
    Interval,

    /// <summary>A list of another type.</summary>
    List,

    /// <summary>STRUCT: fields with names and types of their own.</summary>
    Struct,
}
