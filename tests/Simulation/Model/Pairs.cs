namespace Crdt.Tests.Simulation.Model;

[CrdtRel(typeof(Hub), typeof(Gadget), Name = "PAIRS", Multiplicity = Multiplicity.OneMany)]
public partial class Pairs
{
    [Key] public partial int Round { get; }

    [Counter] public partial long Votes { get; set; }
}
