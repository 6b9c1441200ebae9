namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>What a post is about.</summary>
[CrdtRel(typeof(Post), typeof(Tag), Name = "Post_hasTag")]
public sealed partial class PostHasTag;
