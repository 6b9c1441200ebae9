namespace Crdt.Generators.Model;

/// <summary>A member that the text of a record shows.</summary>
/// <param name="Shown">What it is called there.</param>
/// <param name="Name">Its name, as C# wants it written.</param>
/// <param name="IsSequence">Whether its elements are shown rather than itself.</param>
internal sealed record PrintedModel(string Shown, string Name, bool IsSequence);
