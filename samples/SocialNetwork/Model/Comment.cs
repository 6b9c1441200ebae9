namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>A reply to a post or to another comment.</summary>
[CrdtNode]
public sealed partial class Comment
{
    [Key]
    public partial long Id { get; }

    [Lww(Name = "creationDate")]
    public partial long CreationDate { get; set; }

    [Lww(Name = "locationIP")]
    public partial string? LocationIP { get; set; }

    [Lww(Name = "browserUsed")]
    public partial string? BrowserUsed { get; set; }

    [Lww(Name = "content")]
    public partial string? Content { get; set; }

    [Lww(Name = "length")]
    public partial int Length { get; set; }
}
