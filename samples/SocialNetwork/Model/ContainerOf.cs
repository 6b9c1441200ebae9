namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>The posts of a forum.</summary>
[CrdtRel(typeof(Forum), typeof(Post), Name = "containerOf")]
public sealed partial class ContainerOf;
