namespace Crdt.Tests.Generators.Features;

/// <summary>A class that a user interface can bind to.</summary>
[CrdtNode(Observable = true)]
public partial class Observed
{
    [Key] public partial int Id { get; }

    [Lww(Name = "title")] public partial string Title { get; set; }

    [Counter] public partial long Stock { get; set; }

    [OrSet] public partial ISet<string> Tags { get; }

    [OrderedList] public partial IList<string> Steps { get; }

    [EnableWins] public partial bool Done { get; set; }
}
