namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>Where a person works, and since which year.</summary>
[CrdtRel(typeof(Person), typeof(Organisation), Name = "workAt")]
public sealed partial class WorkAt
{
    [Lww(Name = "workFrom")]
    public partial int WorkFrom { get; set; }
}
