namespace Crdt.Tests.Simulation.Model;

/// <summary>What relationships of each rule connect.</summary>
[CrdtNode(Deletion = Deletion.UpdateWins)]
public partial class Hub
{
    [Key] public partial long Id { get; }

    [Lww] public partial string? Name { get; set; }
}
