namespace Crdt.Samples.Stock;

/// <summary>Something that is sold: never more of it than there is, whoever sells it, and whether they hear of each other or not.</summary>
[CrdtNode]
public partial class Article
{
    [Key]
    public partial string Name { get; }

    [Counter(Min = 0)]
    public partial long Stock { get; set; }
}
