namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>Everything that is edited while both replicas are offline. They take turns, a batch at a time, so that now one and now the other writes last.</summary>
/// <param name="Office">The edits of the one.</param>
/// <param name="Laptop">The edits of the other.</param>
/// <param name="BatchSize">How many edits go into one transaction.</param>
/// <param name="Examples">Some of them, to be shown to people.</param>
internal sealed record EditPlan(IReadOnlyList<Edit> Office, IReadOnlyList<Edit> Laptop, int BatchSize, EditExamples Examples)
{
    /// <summary>How many batches the longer one of both has.</summary>
    public int Batches => (Math.Max(Office.Count, Laptop.Count) + BatchSize - 1) / BatchSize;

    /// <summary>All edits in the order in which they are made.</summary>
    public IEnumerable<Edit> InOrder => Enumerable.Range(0, Batches).SelectMany(batch => Batch(Office, batch).Concat(Batch(Laptop, batch)));

    /// <summary>The edits of one transaction.</summary>
    public IEnumerable<Edit> Batch(IReadOnlyList<Edit> side, int batch) => side.Skip(batch * BatchSize).Take(BatchSize);
}
