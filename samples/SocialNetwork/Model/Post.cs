namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>What a person writes or shows in a forum.</summary>
[CrdtNode]
public sealed partial class Post
{
    [Key]
    public partial long Id { get; }

    [Lww(Name = "imageFile")]
    public partial string? ImageFile { get; set; }

    [Lww(Name = "creationDate")]
    public partial long CreationDate { get; set; }

    [Lww(Name = "locationIP")]
    public partial string? LocationIP { get; set; }

    [Lww(Name = "browserUsed")]
    public partial string? BrowserUsed { get; set; }

    [Lww(Name = "language")]
    public partial string? Language { get; set; }

    [Lww(Name = "content")]
    public partial string? Content { get; set; }

    [Lww(Name = "length")]
    public partial int Length { get; set; }
}
