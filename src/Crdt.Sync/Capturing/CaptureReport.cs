namespace Crdt.Sync.Capturing;

/// <summary>What was found in a graph database that others had written to, and committed.</summary>
/// <param name="Inserted">How many rows were new.</param>
/// <param name="Updated">How many rows held other values.</param>
/// <param name="Deleted">How many rows were gone; relationships that went with an end are not counted.</param>
/// <param name="Refused">How many changes can't be committed.</param>
/// <param name="Refusals">The first of them, at most <see cref="MaxRefusals"/>.</param>
public sealed record CaptureReport(long Inserted, long Updated, long Deleted, long Refused, IReadOnlyList<RefusedChange> Refusals)
{
    /// <summary>How many refusals are named at most.</summary>
    public const int MaxRefusals = 1000;

    /// <summary>Whether nothing had been written.</summary>
    public bool IsEmpty => Inserted + Updated + Deleted + Refused == 0;

    /// <summary>A line for a log.</summary>
    public override string ToString() => $"{Inserted} inserted, {Updated} updated, {Deleted} deleted, {Refused} refused";
}
