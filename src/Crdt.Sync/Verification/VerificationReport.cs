namespace Crdt.Sync.Verification;

/// <summary>What came of holding a graph database against the truth.</summary>
/// <param name="Rows">How many rows the truth shows.</param>
/// <param name="Missing">How many of them the database lacks.</param>
/// <param name="Extra">How many rows it has that the truth doesn't show.</param>
/// <param name="Different">How many rows hold other values.</param>
/// <param name="Differences">The first of them, at most <see cref="MaxDifferences"/>; the counts are of all.</param>
public sealed record VerificationReport(long Rows, long Missing, long Extra, long Different, IReadOnlyList<RowDifference> Differences)
{
    /// <summary>How many differences are named at most.</summary>
    public const int MaxDifferences = 100;

    /// <summary>Whether the database shows the truth and nothing else.</summary>
    public bool IsClean => Missing + Extra + Different == 0;

    /// <summary>A line for a log.</summary>
    public override string ToString() => $"{Rows} rows: {Missing} missing, {Extra} extra, {Different} different";
}
