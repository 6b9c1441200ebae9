namespace Crdt.Tests.Specification.Model;

[CrdtSchema("social")]
public partial class SocialSchema;
