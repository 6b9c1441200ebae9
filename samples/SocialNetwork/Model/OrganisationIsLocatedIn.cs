namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>Where an organisation has its seat.</summary>
[CrdtRel(typeof(Organisation), typeof(Place), Name = "Organisation_isLocatedIn")]
public sealed partial class OrganisationIsLocatedIn;
