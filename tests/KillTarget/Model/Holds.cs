namespace Crdt.Tests.KillTarget.Model;

/// <summary>Leads from a commit to what it made.</summary>
[CrdtRel(typeof(Step), typeof(Scrap), Name = "HOLDS")]
public partial class Holds;
