using Crdt.Types;

namespace Crdt.Tests.Properties.Subjects;

/// <summary>A plain record that is a value.</summary>
public sealed record Place(string City, int? Floor, IReadOnlyList<string?> Lines);

/// <summary>A record of another kind, which holds the first.</summary>
public readonly record struct Visit(DayOfWeek Day, Place? Where, byte[] Proof);

/// <summary>Maps of registers.</summary>
[CrdtNode]
public sealed partial class Shelf
{
    [Key] public partial int Number { get; }

    [OrMap] public partial IDictionary<string, string?> Labels { get; }

    [OrMap] public partial IDictionary<DayOfWeek, Place> Places { get; }
}

/// <summary>Maps of counters.</summary>
[CrdtNode(Deletion = Deletion.UpdateWins)]
public sealed partial class Poll
{
    [Key] public partial Guid Id { get; }

    [CounterMap] public partial ICounterMap<string> Votes { get; }

    [CounterMap] public partial ICounterMap<long> Ranks { get; }
}

/// <summary>Ordered lists.</summary>
[CrdtNode]
public sealed partial class Recipe
{
    [Key] public partial string Name { get; }

    [OrderedList] public partial IList<string> Steps { get; }

    [OrderedList] public partial IOrderedList<Visit> Visits { get; }
}

/// <summary>Ordered lists where updates win.</summary>
[CrdtNode(Deletion = Deletion.UpdateWins)]
public sealed partial class Playlist
{
    [Key] public partial string Name { get; }

    [OrderedList] public partial IOrderedList<long> Songs { get; }

    [Counter(Min = 0)] public partial long Skips { get; set; }

    [Lww] public partial string Title { get; set; }
}

/// <summary>Values that are made of others.</summary>
[CrdtNode]
public sealed partial class Profile
{
    [Key] public partial long Id { get; }

    [Lww] public partial Place Home { get; set; }

    [Lww] public partial Visit? Last { get; set; }

    [Lww] public partial IReadOnlyList<DayOfWeek> Days { get; set; }

    [OrSet] public partial ISet<Place> Known { get; }
}

/// <summary>Extremes and flags.</summary>
[CrdtNode(Deletion = Deletion.UpdateWins)]
public sealed partial class Sensor
{
    [Key] public partial ulong Serial { get; }

    [Max] public partial double High { get; set; }

    [Min] public partial decimal? Low { get; set; }

    [Max] public partial DateTimeOffset? Seen { get; set; }

    [EnableWins] public partial bool Alarm { get; set; }

    [DisableWins] public partial bool Trusted { get; set; }
}

/// <summary>Concurrent values side by side.</summary>
[CrdtNode]
public sealed partial class Contact
{
    [Key] public partial short Id { get; }

    [MultiValue] public partial IMultiValue<string> Phones { get; }

    [MultiValue] public partial IMultiValue<Visit> Visits { get; }
}

/// <summary>Every rule that a register can have.</summary>
[CrdtNode]
public sealed partial class Ruled
{
    [Key] public partial byte Id { get; }

    [Lww(Rule = Resolution.FirstWriteWins)] public partial string First { get; set; }

    [Lww(Rule = Resolution.OnlineWins)] public partial string? Online { get; set; }

    [Lww(Rule = Resolution.Max)] public partial int Most { get; set; }

    [Lww(Rule = Resolution.Min)] public partial TimeSpan? Least { get; set; }

    [Lww(Resolve = nameof(Longest))] public partial string Own { get; set; }

    private static string Longest(IReadOnlyList<Sibling<string>> siblings) =>
        siblings.OrderBy(sibling => sibling.Value.Length).ThenBy(sibling => sibling.Dot).Last().Value;
}

/// <summary>A relationship where updates win.</summary>
[CrdtRel(typeof(Shelf), typeof(Recipe), Deletion = Deletion.UpdateWins, Multiplicity = Multiplicity.ManyOne)]
public sealed partial class Holds
{
    [GrowOnlyCounter] public partial long Times { get; set; }

    [Counter(Min = long.MinValue)] public partial long Room { get; set; }

    [Lww] public partial DateOnly? Since { get; set; }
}

/// <summary>Nothing but its identity.</summary>
[CrdtRel(typeof(Poll), typeof(Poll), Multiplicity = Multiplicity.OneOne, OnEndDeleted = OnEndDeleted.Cascade)]
public sealed partial class Follows
{
    [Key] public partial uint Round { get; }
}
