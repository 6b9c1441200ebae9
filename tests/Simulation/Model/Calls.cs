namespace Crdt.Tests.Simulation.Model;

[CrdtRel(typeof(Hub), typeof(Hub), Name = "CALLS", Lane = "side", OnEndDeleted = OnEndDeleted.Cascade)]
public partial class Calls
{
    [OrSet] public partial ISet<string> Topics { get; }
}
