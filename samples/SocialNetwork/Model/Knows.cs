namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>Who knows whom, and since when.</summary>
[CrdtRel(typeof(Person), typeof(Person), Name = "knows")]
public sealed partial class Knows
{
    [Lww(Name = "creationDate")]
    public partial long CreationDate { get; set; }
}
