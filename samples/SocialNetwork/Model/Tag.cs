namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>A topic.</summary>
[CrdtNode]
public sealed partial class Tag
{
    [Key]
    public partial long Id { get; }

    [Lww(Name = "name")]
    public partial string? Name { get; set; }

    [Lww(Name = "url")]
    public partial string? Url { get; set; }
}
