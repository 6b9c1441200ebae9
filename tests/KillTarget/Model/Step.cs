namespace Crdt.Tests.KillTarget.Model;

/// <summary>One commit. It is never deleted, so that a commit that went missing shows.</summary>
[CrdtNode]
public partial class Step
{
    [Key]
    public partial long Number { get; }

    [Lww]
    public partial string? Text { get; set; }

    [Counter]
    public partial long Visits { get; set; }

    [OrSet]
    public partial ISet<string> Tags { get; }
}
