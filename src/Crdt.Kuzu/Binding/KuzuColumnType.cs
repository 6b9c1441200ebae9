using System.Globalization;

namespace Crdt.Kuzu.Binding;

/// <summary>
/// The type of a column that parameters fill: its name in DDL, and how a statement gets it out of a parameter. BLOB, UUID and DECIMAL
/// have no
/// values in the C API, so they travel as STRING and the statement casts them.
/// </summary>
public sealed partial record KuzuColumnType
{
    private readonly string _name;

    private KuzuColumnType(KuzuColumnKind kind, string name, int precision = 0, int scale = 0, IReadOnlyList<KuzuColumn>? parts = null)
    {
        Kind = kind;
        _name = name;
        Precision = precision;
        Scale = scale;
        Parts = parts ?? [];
    }

    /// <summary>BOOL.</summary>
    public static KuzuColumnType Boolean { get; } = new(KuzuColumnKind.Boolean, "BOOL");

    /// <summary>INT8.</summary>
    public static KuzuColumnType Int8 { get; } = new(KuzuColumnKind.Int8, "INT8");

    /// <summary>INT16.</summary>
    public static KuzuColumnType Int16 { get; } = new(KuzuColumnKind.Int16, "INT16");

    /// <summary>INT32.</summary>
    public static KuzuColumnType Int32 { get; } = new(KuzuColumnKind.Int32, "INT32");

    /// <summary>INT64.</summary>
    public static KuzuColumnType Int64 { get; } = new(KuzuColumnKind.Int64, "INT64");

    /// <summary>UINT8.</summary>
    public static KuzuColumnType UInt8 { get; } = new(KuzuColumnKind.UInt8, "UINT8");

    /// <summary>UINT16.</summary>
    public static KuzuColumnType UInt16 { get; } = new(KuzuColumnKind.UInt16, "UINT16");

    /// <summary>UINT32.</summary>
    public static KuzuColumnType UInt32 { get; } = new(KuzuColumnKind.UInt32, "UINT32");

    /// <summary>UINT64.</summary>
    public static KuzuColumnType UInt64 { get; } = new(KuzuColumnKind.UInt64, "UINT64");

    /// <summary>INT128.</summary>
    public static KuzuColumnType Int128 { get; } = new(KuzuColumnKind.Int128, "INT128");

    /// <summary>FLOAT.</summary>
    public static KuzuColumnType Single { get; } = new(KuzuColumnKind.Single, "FLOAT");

    /// <summary>DOUBLE.</summary>
    public static KuzuColumnType Double { get; } = new(KuzuColumnKind.Double, "DOUBLE");

    /// <summary>STRING.</summary>
    public static KuzuColumnType String { get; } = new(KuzuColumnKind.String, "STRING");

    /// <summary>BLOB, of 4096 bytes at most by the engine's rule.</summary>
    public static KuzuColumnType Blob { get; } = new(KuzuColumnKind.Blob, "BLOB");

    /// <summary>UUID.</summary>
    public static KuzuColumnType Uuid { get; } = new(KuzuColumnKind.Uuid, "UUID");

    /// <summary>DATE.</summary>
    public static KuzuColumnType Date { get; } = new(KuzuColumnKind.Date, "DATE");

    /// <summary>TIMESTAMP, in microseconds.</summary>
    public static KuzuColumnType Timestamp { get; } = new(KuzuColumnKind.Timestamp, "TIMESTAMP");

    /// <summary>TIMESTAMP_TZ, in microseconds.</summary>
    public static KuzuColumnType TimestampTz { get; } = new(KuzuColumnKind.TimestampTz, "TIMESTAMP_TZ");

    /// <summary>TIMESTAMP_NS, in nanoseconds.</summary>
    public static KuzuColumnType TimestampNs { get; } = new(KuzuColumnKind.TimestampNs, "TIMESTAMP_NS");

    /// <summary>TIMESTAMP_MS, in milliseconds.</summary>
    public static KuzuColumnType TimestampMs { get; } = new(KuzuColumnKind.TimestampMs, "TIMESTAMP_MS");

    /// <summary>TIMESTAMP_SEC, in seconds.</summary>
    public static KuzuColumnType TimestampSec { get; } = new(KuzuColumnKind.TimestampSec, "TIMESTAMP_SEC");

    /// <summary>INTERVAL.</summary>
    public static KuzuColumnType Interval { get; } = new(KuzuColumnKind.Interval, "INTERVAL");

    /// <summary>The kind.</summary>
    public KuzuColumnKind Kind { get; }

    /// <summary>How many digits a DECIMAL has; 0 for any other kind.</summary>
    public int Precision { get; }

    /// <summary>How many of a DECIMAL's digits follow the point; 0 for any other kind.</summary>
    public int Scale { get; }

    /// <summary>The type's name in DDL and casts, <c>STRING[]</c> for example.</summary>
    public string Cypher => _name;

    /// <summary>DECIMAL.</summary>
    /// <param name="precision">Digits in all, from 1 to 38.</param>
    /// <param name="scale">Digits after the point, from 0 to <paramref name="precision"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range.</exception>
    public static KuzuColumnType Decimal(int precision, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(precision, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, 38);
        ArgumentOutOfRangeException.ThrowIfNegative(scale);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(scale, precision);
        var name = string.Create(CultureInfo.InvariantCulture, $"DECIMAL({precision}, {scale})");
        return new KuzuColumnType(KuzuColumnKind.Decimal, name, precision, scale);
    }

    /// <summary>The Cypher that gives this type's value out of a parameter: the expression itself, or a cast of it.</summary>
    /// <param name="expression">What names the parameter or a field of it, <c>r.x</c> or <c>$x</c>; names in it are quoted already.</param>
    public string ParameterExpression(string expression) =>
        NeedsCast ? $"CAST({expression} AS {Cypher})" : expression;

    internal bool NeedsCast =>
        Kind is KuzuColumnKind.Blob or KuzuColumnKind.Uuid or KuzuColumnKind.Decimal || Parts.Any(part => part.Type.NeedsCast);

    /// <summary>Gives <see cref="Cypher"/>.</summary>
    public override string ToString() => Cypher;
}
