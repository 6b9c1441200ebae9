namespace Crdt.Tests.Simulation.Model;

/// <summary>As <see cref="Ledger"/>, in the other lane.</summary>
[CrdtNode(Lane = "side")]
public partial class Depot
{
    [Key] public partial Guid Id { get; }

    [Counter] public partial long Stock { get; set; }

    [OrSet] public partial ISet<string> Marks { get; }
}
