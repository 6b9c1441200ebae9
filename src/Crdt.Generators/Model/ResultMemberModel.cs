namespace Crdt.Generators.Model;

/// <summary>A member that a column is read into.</summary>
/// <param name="Name">Its name, as C# wants it written.</param>
/// <param name="Shown">Its name, as messages have it.</param>
/// <param name="Column">What its column is called.</param>
/// <param name="Type">Its type; empty where there is none of this name.</param>
/// <param name="Reader">A function that makes the type of a value; empty where there is none, and the mistake is told.</param>
internal sealed record ResultMemberModel(string Name, string Shown, string Column, string Type, string Reader);
