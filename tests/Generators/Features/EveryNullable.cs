namespace Crdt.Tests.Generators.Features;

/// <summary>A node with a nullable register of every type.</summary>
[CrdtNode]
public partial class EveryNullable
{
    [Key] public partial int Id { get; }

    [Lww] public partial bool? Boolean { get; set; }

    [Lww] public partial sbyte? Int8 { get; set; }

    [Lww] public partial short? Int16 { get; set; }

    [Lww] public partial int? Int32 { get; set; }

    [Lww] public partial long? Int64 { get; set; }

    [Lww] public partial byte? UInt8 { get; set; }

    [Lww] public partial ushort? UInt16 { get; set; }

    [Lww] public partial uint? UInt32 { get; set; }

    [Lww] public partial ulong? UInt64 { get; set; }

    [Lww] public partial Int128? Int128 { get; set; }

    [Lww] public partial float? Single { get; set; }

    [Lww] public partial double? Double { get; set; }

    [Lww] public partial decimal? Decimal { get; set; }

    [Lww] public partial string? Text { get; set; }

    [Lww] public partial byte[]? Bytes { get; set; }

    [Lww] public partial Guid? Guid { get; set; }

    [Lww] public partial DateOnly? Date { get; set; }

    [Lww] public partial TimeOnly? Time { get; set; }

    [Lww] public partial DateTime? DateTime { get; set; }

    [Lww] public partial DateTimeOffset? DateTimeOffset { get; set; }

    [Lww] public partial TimeSpan? Duration { get; set; }
}
