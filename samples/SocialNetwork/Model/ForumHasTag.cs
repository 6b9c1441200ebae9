namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>What a forum is about.</summary>
[CrdtRel(typeof(Forum), typeof(Tag), Name = "Forum_hasTag")]
public sealed partial class ForumHasTag;
