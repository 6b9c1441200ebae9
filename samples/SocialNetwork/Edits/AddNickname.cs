using Crdt.Samples.SocialNetwork.Model;
using Crdt.Samples.SocialNetwork.Verdict;
using Crdt.Sync.Transactions;

namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>Gives a person a nickname. It stays, even if somebody takes the same one away at the same time.</summary>
internal sealed record AddNickname(long PersonId, string Nickname) : Edit
{
    public override async ValueTask ApplyAsync(GraphTransaction tx, CancellationToken cancellationToken) =>
        (await tx.RequireAsync<Person>(Person.IdOf(PersonId), cancellationToken)).Nicknames.Add(Nickname);

    public override void Foretell(Expectation expectation) => expectation.AddNickname(PersonId, Nickname);
}
