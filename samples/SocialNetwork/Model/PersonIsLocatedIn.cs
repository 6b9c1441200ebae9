namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>Where a person lives.</summary>
[CrdtRel(typeof(Person), typeof(Place), Name = "Person_isLocatedIn")]
public sealed partial class PersonIsLocatedIn;
