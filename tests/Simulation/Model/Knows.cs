namespace Crdt.Tests.Simulation.Model;

[CrdtRel(typeof(Gadget), typeof(Gadget), Name = "KNOWS")]
public partial class Knows
{
    [Lww] public partial DateOnly? Since { get; set; }
}
