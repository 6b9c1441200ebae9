namespace Crdt.Samples.Browser.Model;

/// <summary>Who knows whom.</summary>
[CrdtRel(typeof(Person), typeof(Person), Name = "KNOWS")]
public sealed partial class Knows;
