using Crdt.Samples.SocialNetwork.Model;
using Crdt.Samples.SocialNetwork.Verdict;
using Crdt.Sync.Transactions;

namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>Takes a person's nickname away.</summary>
internal sealed record RemoveNickname(long PersonId, string Nickname) : Edit
{
    public override async ValueTask ApplyAsync(GraphTransaction tx, CancellationToken cancellationToken) =>
        (await tx.RequireAsync<Person>(Person.IdOf(PersonId), cancellationToken)).Nicknames.Remove(Nickname);

    public override void Foretell(Expectation expectation) => expectation.RemoveNickname(PersonId, Nickname);
}
