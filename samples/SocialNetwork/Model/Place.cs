namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>A city, a country or a continent.</summary>
[CrdtNode]
public sealed partial class Place
{
    [Key]
    public partial long Id { get; }

    [Lww(Name = "name")]
    public partial string? Name { get; set; }

    [Lww(Name = "url")]
    public partial string? Url { get; set; }

    [Lww(Name = "label")]
    public partial string? Label { get; set; }
}
