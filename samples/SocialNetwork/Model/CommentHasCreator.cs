namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>Who wrote a comment.</summary>
[CrdtRel(typeof(Comment), typeof(Person), Name = "Comment_hasCreator")]
public sealed partial class CommentHasCreator;
