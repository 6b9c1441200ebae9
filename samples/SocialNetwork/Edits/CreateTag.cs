using Crdt.Samples.SocialNetwork.Model;
using Crdt.Samples.SocialNetwork.Verdict;
using Crdt.Sync.Transactions;

namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>A new topic. Two replicas that create one with the same key have created one topic.</summary>
internal sealed record CreateTag(long Id, string Name) : Edit
{
    public override ValueTask ApplyAsync(GraphTransaction tx, CancellationToken cancellationToken)
    {
        tx.Add<Tag>(Id).Name = Name;
        return ValueTask.CompletedTask;
    }

    public override void Foretell(Expectation expectation) => expectation.Create(new("Tag", Id), ("name", Name));
}
