namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>Where a comment was written.</summary>
[CrdtRel(typeof(Comment), typeof(Place), Name = "Comment_isLocatedIn")]
public sealed partial class CommentIsLocatedIn;
