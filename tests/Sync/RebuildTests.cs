using Crdt.Entities;
using Crdt.Projection;
using Crdt.Sync;
using Crdt.Sync.Projecting;
using Crdt.Sync.Storage;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync;

/// <summary>The graph database is made anew while commits and sessions go on, and shows in the end what they have left.</summary>
public sealed class RebuildTests : IAsyncDisposable
{
    private const int Page = 3;
    private readonly Scene _scene = new();
    private readonly KeptProjection _graph = new();
    private readonly InMemoryDisk _disk = new();
    private InMemoryStore? _store;

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, int.Parse(Environment.GetEnvironmentVariable("CRDT_CASES") ?? "40"))];

    /// <summary>Whatever is written between which pages: no row that is there is created, none has an end that isn't there, and in the end all are as if nothing had happened meanwhile.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task What_is_written_between_its_pages_is_shown(int seed)
    {
        var office = await OpenAsync(_graph);
        await RebuildInHistoryAsync(office, seed, beside => _graph.Beside = _ => beside());
        await office.ProjectedAsync();
        await _scene.CloseAsync(office);
        Assert.Equal(await MadeAnewAsync(), _graph.Rows);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Kuzu_shows_what_is_written_between_the_pages(int seed)
    {
        var graph = new ExchangeableProjection(_scene.FolderOf("office"));
        var office = await OpenAsync(graph);
        await RebuildInHistoryAsync(office, seed, beside => graph.Beside = beside);
        Assert.Equal([], (await office.VerifyAsync()).Differences);
    }

    /// <summary>More than a statement, a page or a table's first size holds.</summary>
    [Fact]
    public async Task Kuzu_shows_thousands_of_changes_between_the_pages()
    {
        const int People = 6_000;
        var graph = new ExchangeableProjection(_scene.FolderOf("office"));
        var office = await _scene.OpenAsync("office", projection: () => graph, configure: options => options.RebuildPage = 2_000);
        await office.EditAsync(tx =>
        {
            for (var id = 0; id < People; id++) tx.Add<Person>(id).Age = id;
            for (var id = 1; id < People; id++) tx.Connect<Knows>(Person.IdOf(id - 1), Person.IdOf(id));
        });
        await office.ProjectedAsync();
        var batches = 0;
        graph.Beside = () => batches++ is 1 or 4 ? ChangeAsync(office, batches) : Task.CompletedTask;
        await office.RebuildAsync();
        graph.Beside = static () => Task.CompletedTask;
        Assert.Equal([], (await office.VerifyAsync()).Differences);

        static Task ChangeAsync(GraphReplica office, int first) => office.EditAsync(async tx =>
        {
            for (var id = first; id < People; id += 7)
            {
                if (await tx.GetAsync<Person>(id) is not { } person) continue;
                if (id % 3 == 0) person.Delete();
                else person.Age = -id;
            }

            for (var id = People * first; id < (People * first) + 2_500; id++) tx.Connect<Knows>(tx.Add<Person>(id).State.Id, Person.IdOf(1));
        });
    }

    /// <summary>What changes is not the row that has to appear: that was left out of its page because another had its place then.</summary>
    [Fact]
    public async Task A_place_that_is_given_free_between_the_pages_is_taken()
    {
        var (office, laptop) = (await OpenAsync(_graph), await _scene.OpenAsync("laptop", schema: StaffSchema.Instance));
        await office.HireAsync(1, 2, 3);
        await laptop.SyncAsync(office);
        await office.ConnectAsync("WORKS_FOR", 1, 2);
        await office.ConnectAsync("WORKS_FOR", 2, 3);
        _scene.Time.Advance(TimeSpan.FromSeconds(1));
        await laptop.ConnectAsync("WORKS_FOR", 1, 3);
        await office.SyncAsync(laptop);
        await office.ProjectedAsync();
        EntityId other = Staffing.Tie("WORKS_FOR", 2, 3), taken = Staffing.Tie("WORKS_FOR", 1, 3), free = Staffing.Tie("WORKS_FOR", 1, 2);
        Assert.Equal([taken, other], _graph.Relationships.Order());
        var batches = 0;
        _graph.Beside = _ => ++batches == 2 ? office.DeleteAsync(taken) : Task.CompletedTask;
        await office.RebuildAsync();
        Assert.Equal([free, other], _graph.Relationships.Order());
    }

    [Fact]
    public async Task Where_the_changes_cannot_be_told_any_more_it_begins_again_and_lets_commits_wait()
    {
        var office = await OpenAsync(_graph);
        await office.HireAsync(1, 2, 3, 4, 5, 6);
        await office.ProjectedAsync();
        Task? later = null;
        var batches = 0;
        _graph.Beside = async _ =>
        {
            if (++batches == 1)
            {
                await office.HireAsync(7);
                await _store!.ForgetChangesAsync((await office.ReadHealthAsync()).Projection!.Commits); // All that there were: nothing is shown.
            }
            else
            {
                later ??= office.HireAsync(8);
                await Task.Delay(20);
                Assert.False(later.IsCompleted);
            }
        };
        await office.RebuildAsync();
        await later!;
        _graph.Beside = static _ => Task.CompletedTask;
        await office.ProjectedAsync();
        Assert.Equal(8, _graph.Rows.Count);
        Assert.Single(office.Rebuilds);
    }

    [Fact]
    public async Task It_says_how_far_it_has_come()
    {
        var office = await OpenAsync(_graph);
        await office.HireAsync(1, 2, 3, 4, 5, 6, 7);
        await office.ProjectedAsync();
        var said = new List<RebuildProgress?>();
        _graph.Beside = _ =>
        {
            said.Add(office.Rebuilding);
            return Task.CompletedTask;
        };
        await office.RebuildAsync();
        Assert.Equal([new(0, 7), new(3, 7), new(6, 7)], said);
        Assert.Null(office.Rebuilding);
    }

    /// <summary>An opening that doesn't wait: the replica is there while its graph database is still being filled, and queries wait for that.</summary>
    [Fact]
    public async Task Behind_an_opening_that_does_not_wait_only_queries_do()
    {
        await CloseWithAsync(1, 2, 3, 4, 5, 6);
        var gate = new TaskCompletionSource();
        _graph.Beside = _ => gate.Task;
        var office = await OpenAsync(_graph, awaits: false);
        var query = office.QueryAsync("MATCH (s:Staff) RETURN s.Id").ToListAsync().AsTask();
        var quick = office.QueryAsync("MATCH (s:Staff) RETURN s.Id", options: new() { ReadYourWrites = false }).ToListAsync().AsTask();
        await office.HireAsync(7);
        await office.DeleteAsync(Staffing.Person(2));
        Assert.Null(await office.GetEntityAsync(Staffing.Person(2)));
        await Task.Delay(50);
        Assert.Equal((false, false), (query.IsCompleted, quick.IsCompleted));
        Assert.Equal(0, _graph.Batches);

        gate.SetResult();
        await query;
        await quick;
        await office.ProjectedAsync();
        Assert.Equal(6, _graph.Rows.Count);
        Assert.Contains("there was none", Assert.Single(office.Rebuilds).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closing_stops_what_an_opening_has_left_to_be_done()
    {
        await CloseWithAsync(1, 2, 3, 4, 5, 6);
        var begun = new TaskCompletionSource();
        _graph.Beside = token =>
        {
            begun.TrySetResult();
            return Task.Delay(Timeout.Infinite, token);
        };
        var office = await OpenAsync(_graph, awaits: false);
        await begun.Task;
        await _scene.CloseAsync(office);
        Assert.Equal(0, _graph.Batches);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await office.ProjectedAsync());
        Assert.Equal(6, (await MadeAnewAsync()).Count);
    }

    [Fact]
    public async Task Closing_stops_a_rebuild_that_somebody_waits_for()
    {
        var office = await OpenAsync(_graph);
        await office.HireAsync(1, 2, 3, 4, 5, 6);
        await office.ProjectedAsync();
        var begun = new TaskCompletionSource();
        _graph.Beside = token =>
        {
            begun.TrySetResult();
            return Task.Delay(Timeout.Infinite, token);
        };
        var rebuilding = office.RebuildAsync();
        await begun.Task;
        await _scene.CloseAsync(office);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => rebuilding);
        Assert.Equal(6, (await MadeAnewAsync()).Count);
    }

    [Fact]
    public async Task An_opening_that_fails_leaves_nobody_at_work()
    {
        await CloseWithAsync(1, 2, 3);
        await Assert.ThrowsAsync<ArgumentException>(() => OpenAsync(_graph, awaits: false, new() { Lease = TimeSpan.FromSeconds(-1) }));
        await Task.Delay(50);
        Assert.Equal((true, 0), (_graph.IsClosed, _graph.Batches));
    }

    [Fact]
    public async Task What_failed_behind_an_opening_is_told_to_who_asks_and_tried_again()
    {
        await CloseWithAsync(1);
        var broken = new BrokenProjection();
        var office = await OpenAsync(broken, awaits: false);
        while (broken.Resets < 2) await Task.Delay(10); // To catch up took a rebuild, and so did the doubt that its failure left.
        for (var id = 2; id < 5; id++) await office.HireAsync(id);
        await Task.Delay(50);
        Assert.Equal(2, broken.Resets); // Commits don't try it again.
        await Assert.ThrowsAsync<ProjectionException>(async () => await office.ProjectedAsync());
        Assert.Contains("is full", (await office.ReadHealthAsync()).Projection!.Reason, StringComparison.Ordinal);
        broken.IsMended = true;
        await office.ProjectedAsync();
        Assert.Null((await office.ReadHealthAsync()).Projection!.Reason);
    }

    /// <summary>Lets something happen to a replica and to another, and between the pages of a rebuild some more.</summary>
    private async Task RebuildInHistoryAsync(GraphReplica office, int seed, Action<Func<Task>> between)
    {
        var dice = new Random(seed);
        var history = new StaffHistory([office, await _scene.OpenAsync("laptop", schema: StaffSchema.Instance)], _scene.Time, seed) { Looks = false };
        for (var step = 0; step < 60; step++) await history.StepAsync();
        await office.ProjectedAsync();
        var (steps, before) = (dice.Next(30), office.Rebuilds.Count);
        between(async () =>
        {
            for (; steps > 0 && dice.Next(4) > 0; steps--) await history.StepAsync();
        });
        await office.RebuildAsync();
        between(static () => Task.CompletedTask);
        Assert.Equal(before + 1, office.Rebuilds.Count);
    }

    /// <summary>Leaves a replica behind whose graph database is lost.</summary>
    private async Task CloseWithAsync(params long[] people)
    {
        var office = await OpenAsync(new KeptProjection { CanBeKept = false });
        await office.HireAsync(people);
        await office.ProjectedAsync();
        await _scene.CloseAsync(office);
    }

    private Task<GraphReplica> OpenAsync(IGraphProjection graph, bool awaits = true, CommitOptions? commit = null) => _scene.OpenAsync("office", schema: StaffSchema.Instance, projection: () => graph, configure: options =>
    {
        options.Store = () => _store = new InMemoryStore(_disk);
        options.RebuildPage = Page;
        options.AwaitsProjection = awaits;
        options.Commit = commit ?? options.Commit;
    });

    /// <summary>What a graph database shows that knows nothing.</summary>
    private async Task<IReadOnlyList<string>> MadeAnewAsync()
    {
        var graph = new KeptProjection();
        await _scene.CloseAsync(await OpenAsync(graph));
        return graph.Rows;
    }
}
