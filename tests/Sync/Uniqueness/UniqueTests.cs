using Crdt.Sqlite;
using Crdt.Sync;
using Crdt.Sync.Storage;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Uniqueness;

/// <summary>One replica lets one node at most have a unique value.</summary>
public sealed class UniqueTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    public static TheoryData<bool> Stores => [true, false];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_value_that_another_node_has_is_refused_and_nothing_is_committed(bool isInMemory)
    {
        var replica = await OpenAsync(isInMemory);
        await replica.AddAsync(1, "ann@x.org");
        var refused = await Club.RefusedAsync(() => replica.EditAsync(tx =>
        {
            tx.AddNode("Member", 2, ("Email", "ann@x.org"));
            tx.AddNode("Member", 3, ("Email", "carol@x.org"));
        }));
        Assert.Equal(("Email", "ann@x.org", Club.IdOf(1)), (refused.Field, refused.Value, refused.Owner));
        Assert.Contains("Member 1 has 'ann@x.org' as its Email. Nothing was committed: choose another value", refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, (await replica.CountAsync())["Member"]);
        await replica.AddAsync(2, "bob@x.org");
        await Club.RefusedAsync(() => replica.SetAsync(2, "ann@x.org"));
        await replica.SetAsync(1, "ann@x.org"); // One's own may be written again.
        await replica.SetAsync(2, "Ann@x.org"); // Another value: bytes decide.
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_value_is_free_again_when_it_is_overwritten_or_cleared_or_its_node_is_deleted(bool isInMemory)
    {
        var replica = await OpenAsync(isInMemory);
        await replica.AddAsync(1, "one");
        await replica.AddAsync(2, "two");
        await replica.AddAsync(3, "three");
        await replica.SetAsync(1, "other");
        await replica.SetAsync(2, null);
        await replica.DeleteAsync(3);
        await replica.AddAsync(4, "one");
        await replica.AddAsync(5, "two");
        await replica.AddAsync(6, "three");
        await Club.RefusedAsync(() => replica.AddAsync(7, "other"));
        await Club.RefusedAsync(() => replica.EditAsync(tx => tx.AddNode("Member", 3, ("Email", "three"))));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Any_number_of_nodes_can_be_without_a_value(bool isInMemory)
    {
        var replica = await OpenAsync(isInMemory);
        for (var member = 1; member <= 3; member++) await replica.AddAsync(member, null);
        await replica.EditAsync(tx => tx.AddNode("Member", 4)); // Never written, its number reads 0 as that of all others.
        await replica.EditAsync(tx => tx.AddNode("Member", 5, ("Number", 0)));
        var refused = await Club.RefusedAsync(() => replica.EditAsync(tx => tx.AddNode("Member", 6, ("Number", 0))));
        Assert.Equal(("Number", 0), (refused.Field, refused.Value));
    }

    [Fact]
    public async Task A_transaction_can_pass_a_value_on_and_exchange_two_but_not_give_one_twice()
    {
        var replica = await OpenAsync(isInMemory: false);
        await replica.AddAsync(1, "one");
        await replica.AddAsync(2, "two");
        await replica.EditAsync(async tx =>
        {
            (await tx.GetNodeAsync("Member", 1))!["Email"] = "two";
            (await tx.GetNodeAsync("Member", 2))!["Email"] = "one";
        });
        Assert.Equal(("two", "one"), (await replica.EmailAsync(1), await replica.EmailAsync(2)));
        await replica.EditAsync(async tx =>
        {
            (await tx.GetNodeAsync("Member", 1))!.State.Delete();
            tx.AddNode("Member", 3, ("Email", "two"));
        });
        var refused = await Club.RefusedAsync(() => replica.EditAsync(tx =>
        {
            tx.AddNode("Member", 4, ("Email", "four"));
            tx.AddNode("Member", 5, ("Email", "four"));
        }));
        Assert.Equal(Club.IdOf(4), refused.Owner);
    }

    [Fact]
    public async Task It_is_known_after_a_restart_and_without_a_schema_at_hand()
    {
        var replica = await OpenAsync(isInMemory: false);
        await replica.AddAsync(1, "one");
        await _scene.CloseAsync(replica);
        await using var again = await GraphReplica.OpenAsync("club", options =>
        {
            options.Folder = _scene.FolderOf("club");
            options.UseSqlite();
        });
        await Club.RefusedAsync(() => again.AddAsync(2, "one"));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task A_field_that_becomes_unique_is_indexed_once_and_what_is_there_already_stays(bool isInMemory)
    {
        var disk = new InMemoryDisk();
        var replica = await OpenAsync(isInMemory, disk, isUnique: false);
        await replica.AddAsync(1, "one");
        await replica.AddAsync(2, "one");
        await replica.AddAsync(3, "three");
        await _scene.CloseAsync(replica);
        replica = await OpenAsync(isInMemory, disk);
        Assert.Equal(["2 Email=one of 1"], await replica.SharedAsync());
        await Club.RefusedAsync(() => replica.AddAsync(4, "one"));
        await Club.RefusedAsync(() => replica.AddAsync(4, "three"));
        await replica.EditAsync(async tx => (await tx.GetNodeAsync("Member", 2))!["Name"] = "Two"); // It keeps nobody from other writes.
    }

    private Task<GraphReplica> OpenAsync(bool isInMemory, InMemoryDisk? disk = null, bool isUnique = true) =>
        _scene.OpenClubAsync("club", isUnique ? MemberSchema.Instance : MemberSchema.Former, isInMemory ? options => options.UseMemory(disk ?? new()) : null);
}
