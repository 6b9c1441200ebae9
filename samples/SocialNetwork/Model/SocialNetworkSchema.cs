namespace Crdt.Samples.SocialNetwork.Model;

/// <summary>All classes of this folder, as one graph.</summary>
[CrdtSchema("social-network")]
public static partial class SocialNetworkSchema;
