namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>A company or a university.</summary>
[CrdtNode]
public sealed partial class Organisation
{
    [Key]
    public partial long Id { get; }

    [Lww(Name = "label")]
    public partial string? Label { get; set; }

    [Lww(Name = "name")]
    public partial string? Name { get; set; }

    [Lww(Name = "url")]
    public partial string? Url { get; set; }
}
