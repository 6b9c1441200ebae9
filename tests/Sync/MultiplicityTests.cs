using Crdt.Sync;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;
using static Crdt.Tests.Sync.Scenes.Staffing;

namespace Crdt.Tests.Sync;

/// <summary>Where a type allows one relationship at an end, the latest is shown, the others are conflicts, and Kuzu never has two.</summary>
public sealed class MultiplicityTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData("WORKS_FOR", "1→3", "1→2 by 1→3")]
    [InlineData("MENTORS", "1→3", "1→2 by 1→3")]
    [InlineData("KNOWS", "1→2 1→3", "")]
    [InlineData("LEADS", "1→2 1→3", "")]
    public async Task Of_two_targets_connected_apart_the_latest_is_shown(string type, string shown, string hidden)
    {
        var (office, laptop) = await PairAsync();
        await office.ConnectAsync(type, 1, 2);
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await laptop.ConnectAsync(type, 1, 3);
        await RequireAsync(type, shown, hidden, office, laptop);
    }

    [Theory]
    [InlineData("LEADS", "3→1", "2→1 by 3→1")]
    [InlineData("MENTORS", "3→1", "2→1 by 3→1")]
    [InlineData("WORKS_FOR", "2→1 3→1", "")]
    public async Task Of_two_sources_connected_apart_the_latest_is_shown(string type, string shown, string hidden)
    {
        var (office, laptop) = await PairAsync();
        await office.ConnectAsync(type, 2, 1);
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await laptop.ConnectAsync(type, 3, 1);
        await RequireAsync(type, shown, hidden, office, laptop);
    }

    [Fact]
    public async Task An_update_is_no_connection()
    {
        var (office, laptop) = await PairAsync();
        await office.ConnectAsync("SITS_BY", 1, 2);
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await laptop.ConnectAsync("SITS_BY", 1, 3);
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await office.EditAsync(async tx => (await tx.GetEntityAsync(Tie("SITS_BY", 1, 2)))!["Note"] = "late");
        await RequireAsync("SITS_BY", "1→3", "1→2 by 1→3", office, laptop);
    }

    [Fact]
    public async Task Connecting_another_target_replaces_the_one_that_was_seen()
    {
        var (office, laptop) = await PairAsync();
        await office.ConnectAsync("WORKS_FOR", 1, 2, "first");
        await office.ConnectAsync("WORKS_FOR", 1, 3, "second");
        await RequireAsync("WORKS_FOR", "1→3:second", "", office, laptop);
        Assert.Equal(1, (await laptop.CountAsync())["WORKS_FOR"]);
    }

    [Fact]
    public async Task The_last_of_a_transaction_replaces_the_others()
    {
        var (office, laptop) = await PairAsync();
        await office.EditAsync(tx =>
        {
            foreach (var target in new[] { 4, 3, 2 }) tx.Tie("MENTORS", 1, target);
            tx.Tie("MENTORS", 5, 6);
            tx.Tie("MENTORS", 5, 2);
        });
        await RequireAsync("MENTORS", "5→2", "", office, laptop);
    }

    [Fact]
    public async Task A_conflict_is_settled_by_deleting_the_one_that_is_shown()
    {
        var (office, laptop) = await InConflictAsync();
        await office.DeleteAsync(Tie("WORKS_FOR", 1, 3));
        await RequireAsync("WORKS_FOR", "1→2:office", "", office, laptop);
    }

    [Fact]
    public async Task A_conflict_is_settled_by_deleting_the_one_that_is_hidden()
    {
        var (office, laptop) = await InConflictAsync();
        await office.DeleteAsync(Tie("WORKS_FOR", 1, 2));
        await RequireAsync("WORKS_FOR", "1→3:laptop", "", office, laptop);
        await office.DeleteAsync(Tie("WORKS_FOR", 1, 3));
        await RequireAsync("WORKS_FOR", "", "", office, laptop);
    }

    [Theory]
    [InlineData(2, false, "1→2:again")]
    [InlineData(3, false, "1→3:again")]
    [InlineData(2, true, "1→2:again")]
    [InlineData(4, true, "1→4:again")]
    public async Task A_conflict_is_settled_by_connecting_again(long target, bool inHand, string shown)
    {
        var (office, laptop) = await InConflictAsync();
        await office.EditAsync(async tx =>
        {
            if (inHand) await tx.GetEntityAsync(Tie("WORKS_FOR", 1, 2));
            tx.Tie("WORKS_FOR", 1, target, "again");
        });
        await RequireAsync("WORKS_FOR", shown, "", office, laptop);
    }

    [Fact]
    public async Task Where_nothing_competes_what_exists_can_not_be_connected_again()
    {
        var (office, _) = await PairAsync();
        await office.ConnectAsync("WORKS_FOR", 1, 2);
        await Assert.ThrowsAsync<EntityExistsException>(() => office.ConnectAsync("WORKS_FOR", 1, 2));
        await Assert.ThrowsAsync<EntityExistsException>(() => office.EditAsync(tx =>
        {
            tx.Tie("WORKS_FOR", 4, 2);
            tx.Tie("WORKS_FOR", 4, 2);
        }));
    }

    [Fact]
    public async Task The_hidden_one_shows_while_the_target_of_the_other_is_gone()
    {
        var (office, laptop) = await InConflictAsync();
        await office.DeleteAsync(Person(3));
        await RequireAsync("WORKS_FOR", "1→2:office", "", office, laptop);
        await office.HireAsync(3);
        await RequireAsync("WORKS_FOR", "1→3:laptop", "1→2 by 1→3", office, laptop);
        await office.DeleteAsync(Person(1));
        await RequireAsync("WORKS_FOR", "", "", office, laptop);
        await office.HireAsync(1);
        await RequireAsync("WORKS_FOR", "1→3:laptop", "1→2 by 1→3", office, laptop);
    }

    [Fact]
    public async Task A_target_that_goes_and_comes_within_one_batch_changes_nothing()
    {
        var (office, laptop) = await InConflictAsync();
        await office.DeleteAsync(Person(3));
        await office.DeleteAsync(Tie("WORKS_FOR", 1, 2));
        await office.HireAsync(3);
        await RequireAsync("WORKS_FOR", "1→3:laptop", "", office, laptop);
    }

    [Fact]
    public async Task Parallel_relationships_are_one_too_many()
    {
        var (office, laptop) = await PairAsync();
        await office.EditAsync(tx => tx.Tie("SITS_BY", 1, 2, "here", room: 7));
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await laptop.EditAsync(tx => tx.Tie("SITS_BY", 1, 2, "there", room: 8));
        await RequireAsync("SITS_BY", "1→2:there", "1→2 by 1→2", office, laptop);
    }

    [Fact]
    public async Task A_chain_is_matched_from_its_latest_on()
    {
        var (office, laptop) = await PairAsync();
        // 1→2 ← 3→2 ← 3→4 … : each takes a place of the one before, and neither replica has seen both.
        await office.ConnectAsync("MENTORS", 1, 2, "a");
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await laptop.ConnectAsync("MENTORS", 3, 2, "b");
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await office.ConnectAsync("MENTORS", 3, 4, "c");
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await laptop.ConnectAsync("MENTORS", 5, 4, "d");
        await RequireAsync("MENTORS", "3→2:b 5→4:d", "1→2 by 3→2 3→4 by 5→4", office, laptop);
        await office.DeleteAsync(Person(5));
        await RequireAsync("MENTORS", "1→2:a 3→4:c", "3→2 by 3→4", office, laptop);
        await office.HireAsync(5);
        await RequireAsync("MENTORS", "3→2:b 5→4:d", "1→2 by 3→2 3→4 by 5→4", office, laptop);
    }

    [Fact]
    public async Task A_database_that_was_closed_in_conflict_is_opened_without_doubt()
    {
        var (office, laptop) = await InConflictAsync();
        await _scene.CloseAsync(laptop);
        laptop = await _scene.OpenAsync("laptop", kuzu: true, StaffSchema.Instance);
        Assert.Empty(laptop.Rebuilds);
        await RequireAsync("WORKS_FOR", "1→3:laptop", "1→2 by 1→3", office, laptop);
    }

    [Fact]
    public async Task A_database_that_was_left_behind_in_conflict_catches_up()
    {
        var (office, laptop) = await InConflictAsync();
        await _scene.CloseAsync(laptop);
        laptop = await _scene.OpenAsync("laptop", schema: StaffSchema.Instance);
        await laptop.DeleteAsync(Person(3));
        await laptop.HireAsync(3);
        await laptop.DeleteAsync(Tie("WORKS_FOR", 1, 3));
        await laptop.ConnectAsync("WORKS_FOR", 4, 3, "other");
        await _scene.CloseAsync(laptop);
        laptop = await _scene.OpenAsync("laptop", kuzu: true, StaffSchema.Instance);
        await RequireAsync("WORKS_FOR", "1→2:office 4→3:other", "", office, laptop);
    }

    [Fact]
    public async Task A_self_loop_takes_both_places()
    {
        var (office, laptop) = await PairAsync();
        await office.ConnectAsync("MENTORS", 1, 1);
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await laptop.ConnectAsync("MENTORS", 2, 1);
        await RequireAsync("MENTORS", "2→1", "1→1 by 2→1", office, laptop);
    }

    private async Task<(GraphReplica Office, GraphReplica Laptop)> PairAsync()
    {
        var office = await _scene.OpenAsync("office", kuzu: true, StaffSchema.Instance);
        var laptop = await _scene.OpenAsync("laptop", kuzu: true, StaffSchema.Instance);
        await office.HireAsync(1, 2, 3, 4, 5, 6);
        await laptop.SyncAsync(office);
        return (office, laptop);
    }

    private async Task<(GraphReplica Office, GraphReplica Laptop)> InConflictAsync()
    {
        var (office, laptop) = await PairAsync();
        await office.ConnectAsync("WORKS_FOR", 1, 2, "office");
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await laptop.ConnectAsync("WORKS_FOR", 1, 3, "laptop");
        await RequireAsync("WORKS_FOR", "1→3:laptop", "1→2 by 1→3", office, laptop);
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        return (office, laptop);
    }

    /// <summary>Lets the replicas meet, and demands the same of both: rows, conflicts, a clean verification, and the same again when made anew.</summary>
    private static async Task RequireAsync(string type, string shown, string hidden, GraphReplica office, GraphReplica laptop)
    {
        await laptop.SyncAsync(office);
        foreach (var replica in new[] { office, laptop })
        {
            Assert.Equal(shown, await replica.TiesAsync(type));
            Assert.Equal(hidden, await replica.HiddenAsync(type));
            Assert.Equal([], (await replica.VerifyAsync()).Differences);
        }

        Assert.Empty(laptop.Rebuilds);
        await office.RebuildAsync();
        Assert.Equal(shown, await office.TiesAsync(type));
    }
}
