namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>The comment that a comment answers.</summary>
[CrdtRel(typeof(Comment), typeof(Comment), Name = "replyOf_Comment")]
public sealed partial class ReplyOfComment;
