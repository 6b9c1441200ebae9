namespace Crdt.Tests.Simulation.Model;

[CrdtRel(typeof(Hub), typeof(Hub), Name = "OWNS", Multiplicity = Multiplicity.ManyOne, OnEndDeleted = OnEndDeleted.Cascade)]
public partial class Owns
{
    [Lww] public partial string? Note { get; set; }
}
