namespace Crdt.Tests.Simulation.Model;

/// <summary>Is created once and never again, so that one that was deleted has to stay away.</summary>
[CrdtNode]
public partial class Ticket
{
    [Key] public partial long Number { get; }

    [Lww] public partial string? Text { get; set; }
}
