namespace Crdt.Generators.Model;

/// <summary>A partial property that waits for its implementation.</summary>
/// <param name="Modifiers">All of its modifiers, <c>partial</c> included.</param>
/// <param name="Type">Its type with <c>global::</c>.</param>
/// <param name="Name">Its name, as C# wants it written.</param>
/// <param name="Getter">The getter with its modifiers.</param>
/// <param name="Setter">The setter with its modifiers; empty where there is none.</param>
internal sealed record PropertyModel(string Modifiers, string Type, string Name, string Getter, string Setter);
