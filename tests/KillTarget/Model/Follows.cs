namespace Crdt.Tests.KillTarget.Model;

/// <summary>Leads from a commit to one before it.</summary>
[CrdtRel(typeof(Step), typeof(Step), Name = "FOLLOWS")]
public partial class Follows
{
    [Lww]
    public partial double? Weight { get; set; }
}
