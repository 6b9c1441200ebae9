namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>The larger place around a place.</summary>
[CrdtRel(typeof(Place), typeof(Place), Name = "isPartOf")]
public sealed partial class IsPartOf;
