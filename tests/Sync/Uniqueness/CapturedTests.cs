using Crdt.Kuzu.Binding;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Uniqueness;

/// <summary>Values that others have written into the graph database.</summary>
public sealed class CapturedTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task What_is_there_already_is_taken_over_and_is_a_conflict_where_the_value_is_taken()
    {
        var club = await _scene.OpenAsync("club", schema: Model.MemberSchema.Instance, captures: true);
        await club.AddAsync(1, "same");
        await club.ProjectedAsync();
        await _scene.CloseAsync(club);
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        using (var database = KuzuDatabase.Open(Path.Combine(_scene.FolderOf("club"), "graph.kuzu")))
        using (var connection = database.Connect())
        {
            connection.Execute("CREATE (:Member {Id: 2, Email: 'same', Name: 'Two'})");
        }

        club = await _scene.OpenAsync("club", schema: Model.MemberSchema.Instance, captures: true);
        Assert.Equal((1, 0), (club.Captured!.Inserted, club.Captured.Refused));
        Assert.Equal("Two", (await club.GetNodeAsync("Member", 2))!["Name"]);
        Assert.Equal(["2 Email=same of 1"], await club.SharedAsync());
        await Club.RefusedAsync(() => club.AddAsync(3, "same"));
    }
}
