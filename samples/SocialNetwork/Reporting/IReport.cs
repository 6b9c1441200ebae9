namespace Crdt.Samples.SocialNetwork.Reporting;

/// <summary>Where a run tells what it does.</summary>
internal interface IReport
{
    /// <summary>A new part of the run begins.</summary>
    void Begin(string part);

    /// <summary>Runs a piece of work that takes a while, and shows how far it has come.</summary>
    /// <param name="unit">What is counted.</param>
    /// <param name="total">How much there is.</param>
    /// <param name="work">The work; it is handed what to call with how much is done so far.</param>
    Task TrackAsync(string unit, long total, Func<Action<long>, Task> work);

    /// <summary>A line of text.</summary>
    void Say(string text);

    /// <summary>A table. Cells that are numbers are aligned to the right.</summary>
    void Show(string[] headings, IEnumerable<string[]> rows);

    /// <summary>The last word, and why where it is no.</summary>
    void Conclude(bool identical, IReadOnlyList<string> reasons);
}
