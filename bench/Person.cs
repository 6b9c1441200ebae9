namespace Crdt.Bench;

/// <summary>A node as the workloads have it: two texts, an integer and a counter.</summary>
[CrdtNode]
public sealed partial class Person
{
    [Key]
    public partial long Id { get; }

    [Lww]
    public partial string? Name { get; set; }

    [Lww]
    public partial string? Email { get; set; }

    [Lww]
    public partial int Age { get; set; }

    [Counter]
    public partial long Stock { get; set; }
}
