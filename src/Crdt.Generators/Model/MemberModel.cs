namespace Crdt.Generators.Model;

/// <summary>One member of a record that is a value.</summary>
/// <param name="Name">Its name, as C# wants it written.</param>
/// <param name="Type">Its type.</param>
/// <param name="Codec">Its codec.</param>
internal sealed record MemberModel(string Name, string Type, string Codec);
