using System.Globalization;
using Crdt.Storage;

namespace Crdt.Tests.Sqlite;

public sealed class LockTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Trap_3_nobody_else_in_this_process_opens_a_store_that_is_open()
    {
        await using (await _folder.OpenAsync())
        {
            var error = await Assert.ThrowsAsync<StoreException>(() => _folder.OpenAsync());
            Assert.Contains($"'{_folder.File}' is open in another replica or process (pid {Environment.ProcessId})", error.Message, StringComparison.Ordinal);
        }

        await (await _folder.OpenAsync()).DisposeAsync();
    }

    [Fact]
    public async Task Trap_3_nobody_in_another_process_opens_a_store_that_is_open()
    {
        await using (await _folder.OpenAsync())
        {
            using var other = new WriterProcess("hold", _folder.File);
            Assert.Contains($"(pid {Environment.ProcessId})", await other.ReadLineAsync(), StringComparison.Ordinal);
        }

        using var writer = new WriterProcess("hold", _folder.File);
        Assert.Equal("open", await writer.ReadLineAsync());
        var error = await Assert.ThrowsAsync<StoreException>(() => _folder.OpenAsync());
        Assert.Contains(writer.Id.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
        await writer.KillAsync();
        await (await _folder.OpenAsync()).DisposeAsync();
    }

    [Fact]
    public async Task A_lock_that_cannot_be_created_is_explained()
    {
        await File.WriteAllTextAsync(_folder.Path("file"), "in the way");
        await using var store = new Crdt.Sqlite.SqliteStore(_folder.Path("file/replica.db"));
        var error = await Assert.ThrowsAsync<StoreException>(async () => await store.OpenAsync(TestGraph.Offer()));
        Assert.Contains(".lock", error.Message, StringComparison.Ordinal);
    }
}
