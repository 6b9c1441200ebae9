using Crdt.Generators.Diagnostics;

namespace Crdt.Generators.Model;

/// <summary>
/// A mistake that shows only where all classes are seen together. It names the class in whose declaration it is reported;
/// were it to hold the place, every class would have to, and every edit above a class would change what it is.
/// </summary>
internal sealed record ClashModel(string MetadataName, Finding Finding);
