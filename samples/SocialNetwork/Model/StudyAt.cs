namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>Where a person studied, and which year they finished in.</summary>
[CrdtRel(typeof(Person), typeof(Organisation), Name = "studyAt")]
public sealed partial class StudyAt
{
    [Lww(Name = "classYear")]
    public partial int ClassYear { get; set; }
}
