namespace Crdt.Tests.KillTarget.Model;

[CrdtSchema("kill")]
public partial class KillSchema;
