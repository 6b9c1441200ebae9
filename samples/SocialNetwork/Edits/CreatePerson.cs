using Crdt.Samples.SocialNetwork.Model;
using Crdt.Samples.SocialNetwork.Verdict;
using Crdt.Sync.Transactions;

namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>Somebody joins the network.</summary>
internal sealed record CreatePerson(long Id, string FirstName, long CreationDate) : Edit
{
    public override ValueTask ApplyAsync(GraphTransaction tx, CancellationToken cancellationToken)
    {
        var person = tx.Add<Person>(Id);
        person.FirstName = FirstName;
        person.CreationDate = CreationDate;
        person.Nicknames.Add(FirstName);
        person.Points = 1;
        return ValueTask.CompletedTask;
    }

    public override void Foretell(Expectation expectation)
    {
        expectation.Create(new("Person", Id), ("firstName", FirstName), ("birthday", "0"), ("creationDate", $"{CreationDate}"));
        expectation.AddNickname(Id, FirstName);
        expectation.Add(new("Person", Id), 1);
    }
}
