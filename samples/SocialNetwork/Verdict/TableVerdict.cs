namespace Crdt.Samples.SocialNetwork.Verdict;

/// <summary>What the comparison of one table came to.</summary>
/// <param name="Table">The table.</param>
/// <param name="Office">How many rows the office has.</param>
/// <param name="Laptop">How many rows the laptop has.</param>
/// <param name="Expected">How many rows both have to have.</param>
/// <param name="Objection">The first difference; null where there is none.</param>
internal sealed record TableVerdict(string Table, long Office, long Laptop, long Expected, string? Objection);
