namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>Who likes a post, and since when.</summary>
[CrdtRel(typeof(Person), typeof(Post), Name = "likes_Post")]
public sealed partial class LikesPost
{
    [Lww(Name = "creationDate")]
    public partial long CreationDate { get; set; }
}
