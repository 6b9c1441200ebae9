using Crdt.Sync;
using Crdt.Sync.Storage;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Traps;

/// <summary>What is too large for others is refused to who writes it, and never committed to stay behind without a word (couchdb#1734).</summary>
public sealed class SizeTrapTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Theory]
    [InlineData(1, 3, "An entity takes")]
    [InlineData(6, 2, "This transaction takes")]
    public async Task Trap_10_an_oversized_write_is_refused_to_its_writer_and_everything_else_goes_on(int people, int tags, string reason)
    {
        var (laptop, office) = await PairAsync();
        await laptop.EditAsync(tx => tx.Add<Person>(1).Email = "before");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => laptop.EditAsync(tx =>
        {
            for (var i = 0; i < people; i++) tx.Add<Person>(10 + i).Tags.UnionWith(Enumerable.Range(0, tags).Select(tag => new string((char)('a' + tag), 400_000)));
        }));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("the limit is", error.Message, StringComparison.Ordinal);
        await laptop.EditAsync(tx => tx.Add<Person>(2).Email = "after");
        Assert.Equal(2, (await laptop.CountAsync())["Person"]);
        await laptop.SyncAsync(office);
        Assert.Equal(("before", "after"), ((await office.GetAsync<Person>(1))!.Email, (await office.GetAsync<Person>(2))!.Email));
        Assert.Equal(await laptop.RootAsync(), await office.RootAsync());
    }

    [Fact]
    public async Task Trap_10_an_entity_that_would_outgrow_the_limit_bit_by_bit_is_refused_and_still_travels_as_it_is()
    {
        var (laptop, office) = await PairAsync();
        await laptop.EditAsync(tx => tx.Add<Person>(1));
        for (var i = 0; i < 2; i++) await laptop.EditPersonAsync(1, person => person.Tags.Add(new((char)('a' + i), 500_000)));
        Assert.Contains("the limit is", (await Assert.ThrowsAsync<InvalidOperationException>(() => laptop.EditPersonAsync(1, person => person.Tags.Add(new('c', 500_000))))).Message, StringComparison.Ordinal);
        await laptop.EditAsync(tx => tx.Add<Person>(2));
        await laptop.CutLogAsync(keep: 0);
        await laptop.SyncAsync(office);
        Assert.Equal((2, 2), ((await office.GetAsync<Person>(1))!.Tags.Count, (int)(await office.CountAsync())["Person"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Trap_10_the_largest_write_that_is_not_refused_reaches_others(bool isCut)
    {
        var (laptop, office) = await PairAsync();
        const int half = 512 * 1024;
        var size = half;
        while (await Record.ExceptionAsync(() => AddAsync(laptop, half, size)) is InvalidOperationException) size--;
        Assert.InRange(size, half - 200, half - 1);
        if (isCut) await laptop.CutLogAsync(keep: 0);
        await laptop.SyncAsync(office);
        Assert.Equal(size, (await office.GetAsync<Person>(1))!.Email!.Length);
    }

    private static Task AddAsync(GraphReplica replica, int tag, int email) => replica.EditAsync(tx =>
    {
        var person = tx.Add<Person>(1);
        person.Tags.Add(new('t', tag));
        person.Email = new('x', email);
    });

    private async Task<(GraphReplica Laptop, GraphReplica Office)> PairAsync() =>
        (await _scene.OpenAsync("laptop", configure: options => options.UseMemory()), await _scene.OpenAsync("office", configure: options => options.UseMemory()));
}
