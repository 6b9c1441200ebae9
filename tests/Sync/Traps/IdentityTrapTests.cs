using Crdt.Sync;
using Crdt.Sync.Sessions;
using Crdt.Sync.Storage;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Traps;

/// <summary>
/// Two owners of one id. That a copied or restored store takes another one is held in <see cref="IncarnationTests"/>; here are two that can't be told
/// apart, as on a cloned machine.
/// </summary>
public sealed class IdentityTrapTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Trap_3_two_owners_of_one_id_are_refused_and_nobody_takes_the_writes_of_one_for_those_of_the_other()
    {
        var disk = new InMemoryDisk();
        var third = await _scene.OpenAsync("third");
        var original = await OpenAsync(disk);
        await original.EditAsync(tx => tx.Add<Person>(1));
        await original.SyncAsync(third);
        var clone = await OpenAsync(disk.Copy());
        Assert.Equal(original.Id, clone.Id);

        await original.EditPersonAsync(1, person => person.Email = "original");
        await clone.EditPersonAsync(1, person => person.Email = "clone");
        Assert.Equal(SessionEnd.SameReplica, await EndOfAsync(clone, original));
        await original.SyncAsync(third);
        Assert.Equal(SessionEnd.Diverged, await EndOfAsync(clone, third));
        await original.EditPersonAsync(1, person => person.Age = 5);
        await original.SyncAsync(third);
        Assert.Equal(SessionEnd.Malformed, await EndOfAsync(clone, third));

        Assert.Equal("clone", (await clone.GetAsync<Person>(1))!.Email);
        Assert.Equal(("original", 5), ((await third.GetAsync<Person>(1))!.Email, (await third.GetAsync<Person>(1))!.Age));
        Assert.Equal(SyncMode.Equal, (await original.SyncAsync(third)).Mode);
    }

    private Task<GraphReplica> OpenAsync(InMemoryDisk disk) => _scene.OpenAsync("office", configure: options => options.UseMemory(disk));

    private static async Task<SessionEnd> EndOfAsync(GraphReplica one, GraphReplica other) => (await Assert.ThrowsAsync<SessionException>(() => one.SyncAsync(other))).Reason;
}
