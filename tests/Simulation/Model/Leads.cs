namespace Crdt.Tests.Simulation.Model;

[CrdtRel(typeof(Hub), typeof(Hub), Name = "LEADS", Multiplicity = Multiplicity.OneOne, Deletion = Deletion.UpdateWins, OnEndDeleted = OnEndDeleted.Restore)]
public partial class Leads
{
    [GrowOnlyCounter] public partial long Times { get; set; }
}
