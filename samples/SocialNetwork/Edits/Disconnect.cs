using Crdt.Samples.SocialNetwork.Model;
using Crdt.Samples.SocialNetwork.Verdict;
using Crdt.Sync.Transactions;

namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>Somebody no longer knows somebody, or loses an interest.</summary>
internal sealed record Disconnect(LinkKey Link) : Edit
{
    public override async ValueTask ApplyAsync(GraphTransaction tx, CancellationToken cancellationToken)
    {
        var source = Person.IdOf(Link.Source);
        if (Link.Table == "knows") (await tx.RequireAsync<Knows>(Knows.IdOf(source, Person.IdOf(Link.Target)), cancellationToken)).Delete();
        else (await tx.RequireAsync<HasInterest>(HasInterest.IdOf(source, Tag.IdOf(Link.Target)), cancellationToken)).Delete();
    }

    public override void Foretell(Expectation expectation) => expectation.Disconnect(Link);
}
