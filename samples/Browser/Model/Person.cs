namespace Crdt.Samples.Browser.Model;

/// <summary>Somebody.</summary>
[CrdtNode]
public sealed partial class Person
{
    [Key]
    public partial string Id { get; }

    /// <summary>Of two names that were given apart, the later one shows, and both are in the inbox.</summary>
    [Lww]
    public partial string? Name { get; set; }

    /// <summary>A tag that is added here survives its removal elsewhere at the same time.</summary>
    [OrSet]
    public partial ISet<string> Tags { get; }
}
