namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>Who likes a comment, and since when.</summary>
[CrdtRel(typeof(Person), typeof(Comment), Name = "likes_Comment")]
public sealed partial class LikesComment
{
    [Lww(Name = "creationDate")]
    public partial long CreationDate { get; set; }
}
