namespace Crdt.Tests.KillTarget.Model;

/// <summary>What is made by one commit and deleted by a later one.</summary>
[CrdtNode]
public partial class Scrap
{
    [Key]
    public partial string Name { get; }

    [Lww]
    public partial DateTime Made { get; set; }
}
