namespace Shop;

/// <summary>Where something is.</summary>
public sealed record Address(string Street, int? Number, IReadOnlyList<string?> Lines);

/// <summary>Every kind of field but those of the other snapshots.</summary>
[CrdtNode(Deletion = Deletion.UpdateWins, Observable = true)]
public partial class Order
{
    /// <summary>The key.</summary>
    [Key] public partial Guid Id { get; }

    /// <summary>A record.</summary>
    [Lww(Rule = Resolution.FirstWriteWins)] public partial Address? Home { get; set; }

    /// <summary>An enum.</summary>
    [Max] public partial DayOfWeek Day { get; set; }

    /// <summary>A decimal with digits.</summary>
    [Lww, Decimal(18, 2)] public partial decimal? Total { get; set; }

    /// <summary>One order at most has it.</summary>
    [Lww, Unique] public partial string? Code { get; set; }

    /// <summary>A list of values.</summary>
    [MultiValue] public partial IMultiValue<IReadOnlyList<int>> Numbers { get; }

    /// <summary>Grows.</summary>
    [GrowOnlyCounter] public partial long Views { get; set; }

    /// <summary>Never falls below its bound.</summary>
    [Counter(Min = -5)] public partial long Seats { get; private set; }

    /// <summary>A flag.</summary>
    [EnableWins] public partial bool Paid { get; set; }

    /// <summary>Keys and values.</summary>
    [OrMap] public partial IDictionary<string, Address?> Places { get; }

    /// <summary>Keys and counts.</summary>
    [CounterMap] public partial ICounterMap<string> Pieces { get; }

    /// <summary>In order.</summary>
    [OrderedList] public partial IOrderedList<string> Steps { get; }
}
