namespace Crdt.Samples.Browser.Model;

/// <summary>All classes of this folder, as one graph.</summary>
[CrdtSchema("together")]
public static partial class TogetherSchema;
