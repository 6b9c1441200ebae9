namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>Who belongs to a forum, and since when.</summary>
[CrdtRel(typeof(Forum), typeof(Person), Name = "hasMember")]
public sealed partial class HasMember
{
    [Lww(Name = "joinDate")]
    public partial long JoinDate { get; set; }
}
