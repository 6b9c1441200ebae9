using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Crdt.Entities;
using Crdt.Samples.Browser.Model;
using Crdt.Samples.Browser.Sharing;

namespace Crdt.Samples.Browser.Calls;

/// <summary>What somebody changes: each is a transaction of its own, which is durable when the call has returned. Entities go by their ids in hexadecimal.</summary>
[SupportedOSPlatform("browser")]
internal static partial class EditCalls
{
    /// <returns>The id of the new person.</returns>
    [JSExport]
    public static Task<string> AddPerson(string name) => AddAsync<Person>(person => person.Name = name);

    /// <returns>The id of the new place.</returns>
    [JSExport]
    public static Task<string> AddPlace(string name) => AddAsync<Place>(place => place.Name = name);

    [JSExport]
    public static Task Rename(string id, string name) => IsPerson(id) ? WithAsync<Person>(id, person => person.Name = name) : WithAsync<Place>(id, place => place.Name = name);

    [JSExport]
    public static Task Remove(string id) => IsPerson(id) ? WithAsync<Person>(id, person => person.State.Delete()) : WithAsync<Place>(id, place => place.State.Delete());

    [JSExport]
    public static Task Tag(string id, string tag) => WithAsync<Person>(id, person => person.Tags.Add(tag));

    [JSExport]
    public static Task Untag(string id, string tag) => WithAsync<Person>(id, person => person.Tags.Remove(tag));

    /// <summary>Takes something out of a place's stock, or brings it.</summary>
    [JSExport]
    public static Task Count(string id, int change) => WithAsync<Place>(id, place => place.Stock += change);

    /// <summary>Lets somebody know somebody, or live in a place, whichever the other one is.</summary>
    [JSExport]
    public static Task Connect(string person, string other) => IsPerson(other) ? ConnectAsync<Knows>(person, other) : ConnectAsync<LivesIn>(person, other);

    [JSExport]
    public static Task Disconnect(string person, string other) => IsPerson(other) ? DisconnectAsync<Knows>(person, other) : DisconnectAsync<LivesIn>(person, other);

    /// <summary>Fills an empty graph with something to play with.</summary>
    [JSExport]
    public static async Task AddExample()
    {
        await using var tx = await SharedGraph.Current.Replica.BeginAsync();
        ExampleGraph.Add(tx);
        await tx.CommitAsync();
    }

    private static async Task ConnectAsync<T>(string source, string target)
        where T : class, IRelationship<T>
    {
        await using var tx = await SharedGraph.Current.Replica.BeginAsync();
        if (await tx.GetAsync<T>(Parse(source), Parse(target)) is null) tx.Connect<T>(Parse(source), Parse(target));
        await tx.CommitAsync();
    }

    private static async Task DisconnectAsync<T>(string source, string target)
        where T : class, IRelationship<T>
    {
        await using var tx = await SharedGraph.Current.Replica.BeginAsync();
        (await tx.GetAsync<T>(Parse(source), Parse(target)))?.State.Delete();
        await tx.CommitAsync();
    }

    private static async Task<string> AddAsync<T>(Action<T> write)
        where T : class, INode<T>
    {
        await using var tx = await SharedGraph.Current.Replica.BeginAsync();
        var node = tx.Add<T>(NewKey());
        write(node);
        await tx.CommitAsync();
        return node.State.Id.ToString();
    }

    /// <summary>Changes an entity that may be gone by now: another tab or replica can have deleted it.</summary>
    private static async Task WithAsync<T>(string id, Action<T> write)
        where T : class, IEntity<T>
    {
        await using var tx = await SharedGraph.Current.Replica.BeginAsync();
        write(await tx.GetAsync<T>(Parse(id)) ?? throw new InvalidOperationException("That was deleted meanwhile."));
        await tx.CommitAsync();
    }

    private static string NewKey() => Guid.CreateVersion7().ToString("N");

    private static EntityId Parse(string id) => EntityId.Read(Convert.FromHexString(id));

    private static bool IsPerson(string id) => Parse(id).TypeId == Person.EntityType.Id;
}
