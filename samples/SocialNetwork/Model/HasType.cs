namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>What kind of topic a tag is.</summary>
[CrdtRel(typeof(Tag), typeof(TagClass), Name = "hasType")]
public sealed partial class HasType;
