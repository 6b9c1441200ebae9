namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>A kind of topic.</summary>
[CrdtNode]
public sealed partial class TagClass
{
    [Key]
    public partial long Id { get; }

    [Lww(Name = "name")]
    public partial string? Name { get; set; }

    [Lww(Name = "url")]
    public partial string? Url { get; set; }
}
