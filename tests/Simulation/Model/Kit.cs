namespace Crdt.Tests.Simulation.Model;

/// <summary>A field of every kind, where updates win.</summary>
[CrdtNode(Lane = "side", Deletion = Deletion.UpdateWins)]
public partial class Kit
{
    [Key] public partial long Id { get; }

    [Counter] public partial long Stock { get; set; }

    [GrowOnlyCounter] public partial long Views { get; set; }

    [MultiValue] public partial IMultiValue<string> Phones { get; }

    [Max] public partial double High { get; set; }

    [Min] public partial decimal? Low { get; set; }

    [EnableWins] public partial bool Active { get; set; }

    [DisableWins] public partial bool Visible { get; set; }

    [OrSet] public partial ISet<double> Sizes { get; }

    [OrMap] public partial IDictionary<string, string?> Labels { get; }

    [CounterMap] public partial ICounterMap<string> Votes { get; }

    [OrderedList] public partial IOrderedList<string> Steps { get; }
}
