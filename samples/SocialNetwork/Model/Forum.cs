namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>A place where its members post.</summary>
[CrdtNode]
public sealed partial class Forum
{
    [Key]
    public partial long Id { get; }

    [Lww(Name = "title")]
    public partial string? Title { get; set; }

    [Lww(Name = "creationDate")]
    public partial long CreationDate { get; set; }

    /// <summary>Views that are counted anywhere add up.</summary>
    [Counter(Name = "views")]
    public partial long Views { get; set; }
}
