namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>The post that a comment answers.</summary>
[CrdtRel(typeof(Comment), typeof(Post), Name = "replyOf_Post")]
public sealed partial class ReplyOfPost;
