namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>What a person is interested in.</summary>
[CrdtRel(typeof(Person), typeof(Tag), Name = "hasInterest")]
public sealed partial class HasInterest;
