namespace Crdt.Samples.Browser.Answers;

/// <summary>A conflict, for a person to settle.</summary>
/// <param name="Id">Tells it from others, and from one at the same place that came of other writes.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Explanation">What happened, and what shows now.</param>
/// <param name="Choices">What can be done about it.</param>
internal sealed record ConflictAnswer(string Id, string Title, string Explanation, ConflictAnswer.Choice[] Choices)
{
    /// <param name="Value">What would show.</param>
    /// <param name="Origin">Who wrote that; empty where that doesn't matter.</param>
    /// <param name="Time">When, in milliseconds since 1970; null where that doesn't matter.</param>
    /// <param name="IsShown">Whether it is so now.</param>
    internal sealed record Choice(string Value, string Origin, long? Time, bool IsShown);
}
