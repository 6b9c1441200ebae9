using Crdt.Sync;
using Crdt.Sync.Conflicts;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Conflicts;

/// <summary>What a person decides is an ordinary write, and ends the conflict everywhere.</summary>
public sealed class SettlementTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(true, "laptop")]
    [InlineData(false, "office")]
    public async Task The_winner_is_kept_or_another_write_is_chosen(bool accept, string expected)
    {
        var (laptop, office) = await InConflictAsync(person => person.Email = "laptop", person => person.Email = "office");
        var conflict = await office.Conflicts.ListAsync().SingleAsync();
        await office.Conflicts.SettleAsync(conflict, accept ? Settlement.Accept : Settlement.Choose(conflict.Competing.Single(write => (string?)write.Value == "office")));
        await AssertSettledAsync(laptop, office);
        foreach (var replica in new[] { laptop, office }) Assert.Equal(expected, (await replica.GetAsync<Person>(1))!.Email);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deleted_entity_stays_away_or_comes_back_with_what_was_written(bool accept)
    {
        var (laptop, office) = await InConflictAsync(person => person.Age = 41, person => person.Delete());
        await office.Conflicts.SettleAsync(await office.Conflicts.ListAsync().SingleAsync(), accept ? Settlement.Accept : Settlement.Restore);
        await AssertSettledAsync(laptop, office);
        foreach (var replica in new[] { laptop, office }) Assert.Equal(accept ? null : 41, (await replica.GetAsync<Person>(1))?.Age);
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 2)]
    public async Task A_hidden_relationship_is_deleted_or_takes_the_place_of_the_other_with_all_that_it_holds(bool accept, long expected)
    {
        var (laptop, office) = (await _scene.OpenAsync("laptop", schema: StaffSchema.Instance), await _scene.OpenAsync("office", schema: StaffSchema.Instance));
        await laptop.HireAsync(1, 2, 3);
        await laptop.SyncAsync(office);
        var type = StaffSchema.Relationships.First(type => type.Multiplicity == Multiplicity.ManyOne).Name;
        await office.ConnectAsync(type, 1, 2, "office");
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await laptop.ConnectAsync(type, 1, 3, "laptop");
        await laptop.SyncAsync(office);
        await office.Conflicts.SettleAsync(await office.Conflicts.ListAsync().SingleAsync(), accept ? Settlement.Accept : Settlement.Restore);
        await AssertSettledAsync(laptop, office);
        Assert.Null(await laptop.GetEntityAsync(Staffing.Tie(type, 1, 5 - expected)));
        Assert.Equal(accept ? "laptop" : "office", (await laptop.GetEntityAsync(Staffing.Tie(type, 1, expected)))!["Note"]);
    }

    [Fact]
    public async Task Settled_differently_on_both_sides_it_is_a_conflict_again()
    {
        var (laptop, office) = await InConflictAsync(person => person.Email = "laptop", person => person.Email = "office");
        var conflict = await office.Conflicts.ListAsync().SingleAsync();
        foreach (var (replica, name) in new[] { (laptop, "office"), (office, "laptop") })
            await replica.Conflicts.SettleAsync(conflict, Settlement.Choose(conflict.Competing.Single(write => (string?)write.Value == name)));
        await laptop.SyncAsync(office);
        var again = await office.Conflicts.ListAsync().SingleAsync();
        Assert.Equal(2, again.Writes);
        await office.Conflicts.SettleAsync(again, Settlement.Accept);
        await AssertSettledAsync(laptop, office);
    }

    [Fact]
    public async Task One_that_was_settled_already_is_refused()
    {
        var (laptop, office) = await InConflictAsync(person => person.Email = "laptop", person => person.Email = "office");
        var conflict = await office.Conflicts.ListAsync().SingleAsync();
        await laptop.EditPersonAsync(1, person => person.Email = "settled");
        await laptop.SyncAsync(office);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => office.Conflicts.SettleAsync(conflict, Settlement.Accept));
        Assert.Contains("isn't there any more", refused.Message, StringComparison.Ordinal);
        Assert.Equal("settled", (await office.GetAsync<Person>(1))!.Email);
    }

    [Fact]
    public async Task A_settlement_that_does_not_fit_is_refused()
    {
        var (_, office) = await InConflictAsync(person => person.Email = "laptop", person => person.Email = "office");
        var conflict = await office.Conflicts.ListAsync().SingleAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => office.Conflicts.SettleAsync(conflict, Settlement.Restore));
        await Assert.ThrowsAsync<ArgumentException>(() => office.Conflicts.SettleAsync(conflict, Settlement.Choose(default)));
        Assert.Equal(1, await office.Conflicts.ListAsync().CountAsync());
    }

    [Fact]
    public async Task A_key_of_a_map_is_settled_for_itself()
    {
        var (laptop, office) = (await _scene.OpenAsync("laptop"), await _scene.OpenAsync("office"));
        await laptop.EditAsync(tx => tx.Add<Account>(1));
        await laptop.SyncAsync(office);
        foreach (var replica in new[] { laptop, office })
        {
            await replica.EditAsync(async tx =>
            {
                var labels = (await tx.GetAsync<Account>(1))!.Labels;
                (labels["a"], labels["b"]) = (replica.Name, replica.Name);
            });
        }

        await laptop.SyncAsync(office);
        var conflict = await office.Conflicts.ListAsync().SingleAsync(conflict => (string?)conflict.Key == "b");
        await office.Conflicts.SettleAsync(conflict, Settlement.Choose(conflict.Competing.Single(write => (string?)write.Value == "office")));
        await laptop.SyncAsync(office);
        Assert.Equal("office", (await laptop.GetAsync<Account>(1))!.Labels["b"]);
        Assert.Equal("a", (await laptop.Conflicts.ListAsync().SingleAsync()).Key);
    }

    private static async Task AssertSettledAsync(GraphReplica laptop, GraphReplica office)
    {
        await laptop.SyncAsync(office);
        Assert.Empty(await laptop.Conflicts.ListAsync().ToListAsync());
        Assert.Empty(await office.Conflicts.ListAsync().ToListAsync());
        Assert.Equal(await laptop.RootAsync(), await office.RootAsync());
    }

    /// <summary>Two who have written to the same person apart, the laptop last, and have met.</summary>
    private async Task<(GraphReplica Laptop, GraphReplica Office)> InConflictAsync(Action<Person> laptopWrites, Action<Person> officeWrites)
    {
        var (laptop, office) = (await _scene.OpenAsync("laptop"), await _scene.OpenAsync("office"));
        await laptop.EditAsync(tx => tx.Add<Person>(1));
        await laptop.SyncAsync(office);
        await office.EditPersonAsync(1, officeWrites);
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await laptop.EditPersonAsync(1, laptopWrites);
        await laptop.SyncAsync(office);
        return (laptop, office);
    }
}
