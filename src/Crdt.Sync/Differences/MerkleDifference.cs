namespace Crdt.Sync.Differences;

/// <summary>Where two trees differ.</summary>
/// <param name="Leaves">The leaves that do, ascending.</param>
/// <param name="Comparisons">How many hashes were compared to find them.</param>
public sealed record MerkleDifference(IReadOnlyList<int> Leaves, int Comparisons);
