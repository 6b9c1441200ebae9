using Crdt.Types;

namespace Crdt.Tests.Simulation.Model;

/// <summary>Every rule that a register can have.</summary>
[CrdtNode]
public partial class Ruled
{
    [Key] public partial long Id { get; }

    [Lww(Rule = Resolution.FirstWriteWins)] public partial string First { get; set; }

    [Lww(Rule = Resolution.OnlineWins)] public partial string? Online { get; set; }

    [Lww(Rule = Resolution.Max)] public partial double Most { get; set; }

    [Lww(Rule = Resolution.Min)] public partial TimeSpan? Least { get; set; }

    [Lww(Resolve = nameof(Longest))] public partial string Own { get; set; }

    [Counter] public partial long Stock { get; set; }

    [OrSet] public partial ISet<string> Tags { get; }

    [OrderedList] public partial IOrderedList<long> Ranks { get; }

    private static string Longest(IReadOnlyList<Sibling<string>> siblings) =>
        siblings.OrderBy(sibling => sibling.Value.Length).ThenBy(sibling => sibling.Dot).Last().Value;
}
