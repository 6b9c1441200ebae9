namespace Crdt.Tests.Sync.Model;

[CrdtNode]
public partial class Person
{
    [Key]
    public partial long Id { get; }

    [Lww]
    public partial string? Email { get; set; }

    [Lww]
    public partial int Age { get; set; }

    [Counter]
    public partial long Stock { get; set; }

    [OrSet]
    public partial ISet<string> Tags { get; }
}
