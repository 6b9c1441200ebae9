using Crdt.Sqlite;

namespace Crdt.Tests.Sqlite;

/// <summary>See <see cref="StoreAgreement"/>.</summary>
public sealed class MemoryAgreementTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task A_store_in_memory_says_what_one_on_disk_says(int seed)
    {
        await using var agreement = new StoreAgreement(() => new SqliteStore(_folder.File, new(new SettlingLimits(30, 60))));
        await agreement.RunAsync(seed, steps: 400);
    }
}
