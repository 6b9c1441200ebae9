using Crdt.Samples.SocialNetwork.Model;
using Crdt.Samples.SocialNetwork.Verdict;
using Crdt.Sync.Transactions;

namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>Somebody gets to know somebody, or takes an interest in something. It shows for as long as both ends are there.</summary>
internal sealed record Connect(LinkKey Link, long CreationDate) : Edit
{
    public override ValueTask ApplyAsync(GraphTransaction tx, CancellationToken cancellationToken)
    {
        if (Link.Table == "knows") tx.Connect<Knows>(Person.IdOf(Link.Source), Person.IdOf(Link.Target)).CreationDate = CreationDate;
        else tx.Connect<HasInterest>(Person.IdOf(Link.Source), Tag.IdOf(Link.Target));
        return ValueTask.CompletedTask;
    }

    public override void Foretell(Expectation expectation) => expectation.Connect(Link, Link.Table == "knows" ? [$"{CreationDate}"] : []);
}
