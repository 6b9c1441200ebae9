namespace Crdt.Tests.Sync.Model;

[CrdtNode(Lane = "places")]
public partial record Place
{
    [Key]
    public partial string Name { get; }

    [Lww]
    public partial double? Height { get; set; }
}
