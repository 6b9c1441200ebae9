namespace Crdt.Tests.Browser;

/// <summary>The store on IndexedDB.</summary>
public sealed class StoreTests(Site site)
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task It_says_what_a_store_in_memory_says(int seed)
    {
        var page = await site.OpenAsync();
        Assert.Equal("agreed", await page.EvaluateAsync<string>("seed => run('agree', seed, 200)", seed));
    }
}
