using Crdt.Projection;
using Crdt.Sync;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;
using static Crdt.Tests.Sync.Scenes.Staffing;

namespace Crdt.Tests.Sync;

/// <summary>What a graph database is told that can't be asked which rows it has.</summary>
public sealed class MultiplicityPlanTests : IAsyncDisposable
{
    private readonly Scene _scene = new();
    private readonly BrokenProjection _projection = new() { IsMended = true };

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Where_nothing_competes_the_batches_follow_from_liveness()
    {
        var office = await OpenAsync();
        await office.ConnectAsync("WORKS_FOR", 1, 2);
        Assert.Equal("+1→2", await LastAsync(office));
        await office.ConnectAsync("WORKS_FOR", 1, 3);
        Assert.Equal("-1→2 +1→3", await LastAsync(office));
        await office.EditAsync(async tx => (await tx.GetEntityAsync(Tie("WORKS_FOR", 1, 3)))!["Note"] = "n");
        Assert.Equal("~1→3", await LastAsync(office));
        await office.DeleteAsync(Person(3));
        Assert.Equal("", await LastAsync(office));
        await office.HireAsync(3);
        Assert.Equal("+1→3", await LastAsync(office));
        Assert.Equal(0, _projection.Resets);
    }

    [Fact]
    public async Task Two_that_come_at_once_are_one_row()
    {
        var office = await OpenAsync();
        await MeetAsync(office, "laptop", 2);
        Assert.Equal("+1→2", await LastAsync(office));
        await MeetAsync(office, "phone", 3);
        // Only one could have had the row, and it is the earlier.
        Assert.Equal("-1→2 +1→3", await LastAsync(office));
        Assert.Equal(0, _projection.Resets);
    }

    [Fact]
    public async Task Where_several_could_have_the_row_it_is_made_anew()
    {
        var office = await OpenAsync();
        await MeetAsync(office, "laptop", 2);
        await MeetAsync(office, "phone", 3);
        await LastAsync(office);
        await office.DeleteAsync(Tie("WORKS_FOR", 1, 3));
        Assert.Equal("+1→2", await LastAsync(office));
        Assert.Equal(1, _projection.Resets);
        Assert.Contains("can't be followed", Assert.Single(office.Rebuilds).Reason, StringComparison.Ordinal);
    }

    private async Task<GraphReplica> OpenAsync()
    {
        var office = await _scene.OpenAsync("office", schema: StaffSchema.Instance, projection: () => _projection);
        await office.HireAsync(1, 2, 3);
        return office;
    }

    /// <summary>Another replica, which knows nothing of what was connected since, connects a target.</summary>
    private async Task MeetAsync(GraphReplica office, string name, long target)
    {
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        var other = await _scene.OpenAsync(name, schema: StaffSchema.Instance);
        await other.HireAsync(1, target);
        await other.ConnectAsync("WORKS_FOR", 1, target);
        await other.SyncAsync(office);
    }

    private async Task<string> LastAsync(GraphReplica office)
    {
        await office.ProjectedAsync();
        var batch = _projection.Applied[^1];
        return string.Join(" ",
            batch.DeletedRelationships.Select(id => $"-{NameOf(id)}")
                .Concat(batch.CreatedRelationships.Select(entity => $"+{NameOf(entity.Id)}"))
                .Concat(batch.UpdatedRelationships.Select(entity => $"~{NameOf(entity.Id)}")));
    }
}
