namespace Crdt.Tests.Generators.Features;

/// <summary>A record that is a value, in itself and in others.</summary>
/// <param name="Street">Text.</param>
/// <param name="Number">May be absent.</param>
/// <param name="Lines">A list within a record, some of it absent.</param>
public sealed record Address(string Street, int? Number, IReadOnlyList<string?> Lines);

/// <summary>A record of another kind, with an enum and bytes.</summary>
public readonly record struct Stay(DayOfWeek From, byte[] Proof, Address? Where);

/// <summary>An enum over an unsigned integer.</summary>
public enum Huge : ulong
{
    /// <summary>The least.</summary>
    None,

    /// <summary>Beyond the signed integers.</summary>
    Most = ulong.MaxValue,
}

/// <summary>Every kind of field, and the values that are made of others.</summary>
[CrdtNode(Deletion = Deletion.UpdateWins)]
public partial class EveryKind
{
    [Key] public partial Guid Id { get; }

    [Lww(Rule = Resolution.OnlineWins)] public partial DayOfWeek Day { get; set; }

    [Lww] public partial Huge? Size { get; set; }

    [Lww] public partial IReadOnlyList<int?> Numbers { get; set; }

    [Lww] public partial Address Home { get; set; }

    [Lww] public partial Stay? Holiday { get; set; }

    [MultiValue] public partial IMultiValue<Address> Addresses { get; }

    [Max] public partial DateOnly? Latest { get; set; }

    [Min] public partial string Least { get; set; }

    [Counter] public partial long Stock { get; set; }

    [GrowOnlyCounter] public partial long Views { get; set; }

    [Counter(Min = 3)] public partial long Seats { get; set; }

    [EnableWins] public partial bool Active { get; set; }

    [DisableWins] public partial bool Visible { get; set; }

    [OrSet] public partial ISet<Stay> Stays { get; }

    [OrMap] public partial IDictionary<DayOfWeek, string?> Labels { get; }

    [CounterMap] public partial ICounterMap<string> Votes { get; }

    [OrderedList] public partial IList<IReadOnlyList<Address>> Steps { get; }

    [OrderedList] public partial IOrderedList<Guid> Order { get; }
}
