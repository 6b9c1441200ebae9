namespace Crdt.Tests.Sync.Model;

/// <summary>A plain record that is a value.</summary>
public sealed record Spot(string Street, int? Number);

/// <summary>A field of each kind, where updates win.</summary>
[CrdtNode(Deletion = Deletion.UpdateWins)]
public partial class Kit
{
    [Key] public partial long Id { get; }

    [Lww] public partial DayOfWeek Day { get; set; }

    [Lww] public partial IReadOnlyList<int> Sizes { get; set; }

    [Lww] public partial Spot? Spot { get; set; }

    [MultiValue] public partial IMultiValue<string> Phones { get; }

    [Max] public partial int Best { get; set; }

    [Min] public partial DateOnly? First { get; set; }

    [GrowOnlyCounter] public partial long Views { get; set; }

    [Counter(Min = 0)] public partial long Seats { get; set; }

    [EnableWins] public partial bool Active { get; set; }

    [DisableWins] public partial bool Visible { get; set; }

    [OrMap] public partial IDictionary<string, string> Labels { get; }

    [CounterMap] public partial ICounterMap<string> Votes { get; }

    [OrderedList] public partial IOrderedList<string> Steps { get; }
}
