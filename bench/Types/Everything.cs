namespace Crdt.Bench.Types;

/// <summary>A node with a field of each type; a benchmark writes to one of them.</summary>
[CrdtNode]
public sealed partial class Everything
{
    [Key] public partial long Id { get; }

    [Lww] public partial string? Text { get; set; }

    [MultiValue] public partial IMultiValue<string> Phones { get; }

    [Max] public partial long Best { get; set; }

    [Counter] public partial long Stock { get; set; }

    [Counter(Min = 0)] public partial long Seats { get; set; }

    [GrowOnlyCounter] public partial long Views { get; set; }

    [EnableWins] public partial bool Active { get; set; }

    [OrSet] public partial ISet<string> Tags { get; }

    [OrMap] public partial IDictionary<string, string> Labels { get; }

    [CounterMap] public partial ICounterMap<string> Votes { get; }

    [OrderedList] public partial IList<string> Steps { get; }
}
