using Crdt.Samples.SocialNetwork.Model;
using Crdt.Samples.SocialNetwork.Verdict;
using Crdt.Sync.Transactions;

namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>Moves a person's points or a forum's views by an amount. Whatever anybody adds or takes away counts.</summary>
internal sealed record Increment(NodeKey Node, long Amount) : Edit
{
    public override async ValueTask ApplyAsync(GraphTransaction tx, CancellationToken cancellationToken)
    {
        if (Node.Table == "Person") (await tx.RequireAsync<Person>(Person.IdOf(Node.Id), cancellationToken)).Points += Amount;
        else (await tx.RequireAsync<Forum>(Forum.IdOf(Node.Id), cancellationToken)).Views += Amount;
    }

    public override void Foretell(Expectation expectation) => expectation.Add(Node, Amount);
}
