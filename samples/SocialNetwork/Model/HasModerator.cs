namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>Who looks after a forum.</summary>
[CrdtRel(typeof(Forum), typeof(Person), Name = "hasModerator")]
public sealed partial class HasModerator;
