namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>One example of each kind of conflict.</summary>
/// <param name="OfficeText">A text that the office wrote…</param>
/// <param name="LaptopText">…and what the laptop wrote in its place.</param>
/// <param name="OfficeAmount">By how much the office moved a counter…</param>
/// <param name="LaptopAmount">…and by how much the laptop moved the same one.</param>
/// <param name="Nickname">A nickname that the laptop added while the office removed it.</param>
/// <param name="ChangedTitle">A change by the laptop to what the office deleted.</param>
/// <param name="Interest">A relationship that the laptop made to what the office deleted.</param>
internal sealed record EditExamples(
    ChangeText OfficeText, ChangeText LaptopText, Increment OfficeAmount, Increment LaptopAmount, AddNickname Nickname, ChangeText ChangedTitle, Connect Interest);
