namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>Where a post was written.</summary>
[CrdtRel(typeof(Post), typeof(Place), Name = "Post_isLocatedIn")]
public sealed partial class PostIsLocatedIn;
