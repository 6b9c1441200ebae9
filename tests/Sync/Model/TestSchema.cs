namespace Crdt.Tests.Sync.Model;

[CrdtSchema("test")]
public partial class TestSchema;
