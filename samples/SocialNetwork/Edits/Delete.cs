using Crdt.Samples.SocialNetwork.Model;
using Crdt.Samples.SocialNetwork.Verdict;
using Crdt.Sync.Transactions;

namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>Deletes a node. It is gone for everybody, whatever others do to it at the same time, and so are its relationships.</summary>
internal sealed record Delete(NodeKey Node) : Edit
{
    public override async ValueTask ApplyAsync(GraphTransaction tx, CancellationToken cancellationToken)
    {
        switch (Node.Table)
        {
            case "Person": (await tx.RequireAsync<Person>(Person.IdOf(Node.Id), cancellationToken)).Delete(); break;
            case "Forum": (await tx.RequireAsync<Forum>(Forum.IdOf(Node.Id), cancellationToken)).Delete(); break;
            default: (await tx.RequireAsync<Tag>(Tag.IdOf(Node.Id), cancellationToken)).Delete(); break;
        }
    }

    public override void Foretell(Expectation expectation) => expectation.Delete(Node);
}
