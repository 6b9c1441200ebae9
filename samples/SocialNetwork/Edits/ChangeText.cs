using Crdt.Entities;
using Crdt.Samples.SocialNetwork.Model;
using Crdt.Samples.SocialNetwork.Verdict;
using Crdt.Sync.Transactions;

namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>Writes a text. Of two that are written concurrently, the later one wins.</summary>
internal sealed record ChangeText(NodeKey Node, string Column, string Value) : Edit
{
    private delegate ValueTask Setter(GraphTransaction tx, long id, string value, CancellationToken cancellationToken);

    private static readonly Dictionary<(string Table, string Column), Setter> Setters = new()
    {
        [("Person", "firstName")] = Set<Person>(Person.IdOf, (person, value) => person.FirstName = value),
        [("Person", "lastName")] = Set<Person>(Person.IdOf, (person, value) => person.LastName = value),
        [("Person", "locationIP")] = Set<Person>(Person.IdOf, (person, value) => person.LocationIP = value),
        [("Person", "browserUsed")] = Set<Person>(Person.IdOf, (person, value) => person.BrowserUsed = value),
        [("Forum", "title")] = Set<Forum>(Forum.IdOf, (forum, value) => forum.Title = value),
        [("Tag", "name")] = Set<Tag>(Tag.IdOf, (tag, value) => tag.Name = value),
        [("Tag", "url")] = Set<Tag>(Tag.IdOf, (tag, value) => tag.Url = value),
    };

    /// <summary>The columns that can be changed, by their tables.</summary>
    public static IEnumerable<(string Table, string Column)> Columns => Setters.Keys;

    public override ValueTask ApplyAsync(GraphTransaction tx, CancellationToken cancellationToken) =>
        Setters[(Node.Table, Column)](tx, Node.Id, Value, cancellationToken);

    public override void Foretell(Expectation expectation) => expectation.Write(Node, Column, Value);

    private static Setter Set<T>(Func<long, EntityId> idOf, Action<T, string> set)
        where T : class, INode<T> =>
        async (tx, id, value, cancellationToken) => set(await tx.RequireAsync<T>(idOf(id), cancellationToken), value);
}
