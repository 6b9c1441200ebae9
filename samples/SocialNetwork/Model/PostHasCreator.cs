namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>Who wrote a post.</summary>
[CrdtRel(typeof(Post), typeof(Person), Name = "Post_hasCreator")]
public sealed partial class PostHasCreator;
