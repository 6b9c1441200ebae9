using Crdt.Samples.SocialNetwork.Verdict;
using Crdt.Sync.Transactions;

namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>One thing that a person does to the graph.</summary>
internal abstract record Edit
{
    /// <summary>Does it, through the public API.</summary>
    public abstract ValueTask ApplyAsync(GraphTransaction tx, CancellationToken cancellationToken);

    /// <summary>Says what has to come of it once everybody's edits are merged. Called in the order in which the edits are made.</summary>
    public abstract void Foretell(Expectation expectation);
}
