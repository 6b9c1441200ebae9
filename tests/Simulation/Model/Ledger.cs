namespace Crdt.Tests.Simulation.Model;

/// <summary>Is never deleted, so that what it holds can be reckoned independently, to the last unit and item.</summary>
[CrdtNode]
public partial class Ledger
{
    [Key] public partial string Name { get; }

    [Counter] public partial long Balance { get; set; }

    [GrowOnlyCounter] public partial long Visits { get; set; }

    [OrSet] public partial ISet<string> Marks { get; }

    [Max] public partial long Highest { get; set; }

    [Min] public partial long Lowest { get; set; }

    [CounterMap] public partial ICounterMap<string> Votes { get; }

    [OrderedList] public partial IOrderedList<string> Lines { get; }
}
