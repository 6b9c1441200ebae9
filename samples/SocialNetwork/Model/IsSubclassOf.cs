namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>The wider kind around a kind of topic.</summary>
[CrdtRel(typeof(TagClass), typeof(TagClass), Name = "isSubclassOf")]
public sealed partial class IsSubclassOf;
