namespace Crdt.Samples.SocialNetwork.Dataset;

/// <summary>What a run works on. Two runs with the same scope do the same.</summary>
/// <param name="Data">The folder of the data set.</param>
/// <param name="All">Whether all tables are imported, or only the core of the network.</param>
/// <param name="Seed">What the edits are drawn from.</param>
/// <param name="Limit">How many rows of each file are read; null for all.</param>
/// <param name="Batch">How many rows or edits go into one transaction.</param>
internal sealed record Scope(string Data, bool All, int Seed, int? Limit, int Batch)
{
    private static readonly HashSet<string> Core = ["Person", "Forum", "Tag", "knows", "hasMember", "hasModerator", "hasInterest", "Forum_hasTag"];

    public bool Covers(GraphTable table) => All || Core.Contains(table.Name);
}
