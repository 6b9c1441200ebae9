namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>What a comment is about.</summary>
[CrdtRel(typeof(Comment), typeof(Tag), Name = "Comment_hasTag")]
public sealed partial class CommentHasTag;
