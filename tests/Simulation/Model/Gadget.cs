namespace Crdt.Tests.Simulation.Model;

/// <summary>A register of every type of value, where deletes win.</summary>
[CrdtNode]
public partial class Gadget
{
    [Key] public partial string Name { get; }

    [Lww] public partial bool Flag { get; set; }

    [Lww] public partial sbyte Tiny { get; set; }

    [Lww] public partial short Short { get; set; }

    [Lww] public partial int? Number { get; set; }

    [Lww] public partial long Long { get; set; }

    [Lww] public partial byte Byte { get; set; }

    [Lww] public partial ushort UShort { get; set; }

    [Lww] public partial uint UInt { get; set; }

    [Lww] public partial ulong ULong { get; set; }

    [Lww] public partial Int128 Huge { get; set; }

    [Lww] public partial float Single { get; set; }

    [Lww] public partial double? Double { get; set; }

    [Lww] public partial decimal Price { get; set; }

    [Lww] public partial string? Text { get; set; }

    [Lww] public partial byte[] Photo { get; set; }

    [Lww] public partial Guid? Guid { get; set; }

    [Lww] public partial DateOnly Date { get; set; }

    [Lww] public partial TimeOnly Time { get; set; }

    [Lww] public partial DateTime Moment { get; set; }

    [Lww] public partial DateTimeOffset? Offset { get; set; }

    [Lww] public partial TimeSpan Span { get; set; }

    [Lww] public partial DayOfWeek Day { get; set; }

    [Lww] public partial IReadOnlyList<string> Names { get; set; }

    [Lww] public partial Spot? Spot { get; set; }
}
