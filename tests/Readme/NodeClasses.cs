using Crdt;

[CrdtNode]                                                        // a node, and a table named Person
public partial class Person
{
    [Key]     public partial long Id { get; }
    [Lww]     public partial string? Email { get; set; }          // the last write wins; others are kept as a conflict
    [Counter] public partial long Stock { get; set; }             // changes add up, wherever they are made
    [OrSet]   public partial ISet<string> Tags { get; }           // an addition wins over a concurrent removal
}
