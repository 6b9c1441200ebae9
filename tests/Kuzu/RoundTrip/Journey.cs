using Crdt.Entities;
using Crdt.Kuzu;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Sqlite;
using Crdt.Sync;
using Crdt.Sync.Transactions;
using Crdt.Tests.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.RoundTrip;

/// <summary>Two replicas: one writes and has no graph database, the other receives and shows what it got.</summary>
internal sealed class Journey : IAsyncDisposable
{
    private readonly ScratchFolder _folder;
    private readonly GraphSchema _schema;

    private Journey(ScratchFolder folder, GraphSchema schema, GraphReplica sender, GraphReplica receiver) =>
        (_folder, _schema, Sender, Receiver) = (folder, schema, sender, receiver);

    public GraphReplica Sender { get; }

    public GraphReplica Receiver { get; private set; }

    public static async Task<Journey> BeginAsync(GraphSchema schema)
    {
        var folder = new ScratchFolder();
        return new(folder, schema, await OpenAsync(folder, schema, "sender"), await OpenAsync(folder, schema, "receiver"));
    }

    /// <summary>Commits at the sender, syncs, and waits until the receiver shows it.</summary>
    public Task TravelAsync(Action<GraphTransaction> write) => TravelAsync(transaction =>
    {
        write(transaction);
        return Task.CompletedTask;
    });

    /// <inheritdoc cref="TravelAsync(Action{GraphTransaction})"/>
    public async Task TravelAsync(Func<GraphTransaction, Task> write)
    {
        await using (var transaction = await Sender.BeginAsync())
        {
            await write(transaction);
            await transaction.CommitAsync();
        }

        await Receiver.SyncAsync(Sender);
        await Receiver.ProjectedAsync();
    }

    /// <summary>Looks at what the receiver shows, and again after both of its databases were closed and opened.</summary>
    public async Task LookTwiceAsync(Func<Task> look)
    {
        await look();
        Assert.Empty((await Receiver.VerifyAsync()).Differences);
        await Receiver.DisposeAsync();
        Receiver = await OpenAsync(_folder, _schema, "receiver");
        Assert.Empty(Receiver.Rebuilds);
        await look();
    }

    public async Task<List<GraphRow>> RowsAsync(string cypher, IReadOnlyDictionary<string, object?>? parameters = null)
    {
        var rows = new List<GraphRow>();
        await foreach (var row in Receiver.QueryAsync(cypher, parameters)) rows.Add(row);
        return rows;
    }

    /// <summary>Holds the bytes of an entity at the receiver against those at the sender: the truth is exact, whatever is shown.</summary>
    public async Task AssertSameTruthAsync(EntityId id) =>
        Assert.Equal((await Sender.GetEntityAsync(id))!.State.Encode(), (await Receiver.GetEntityAsync(id))!.State.Encode());

    public async ValueTask DisposeAsync()
    {
        await Sender.DisposeAsync();
        await Receiver.DisposeAsync();
        _folder.Dispose();
    }

    private static Task<GraphReplica> OpenAsync(ScratchFolder folder, GraphSchema schema, string name) => GraphReplica.OpenAsync(name, schema, options =>
    {
        options.Folder = folder[name];
        options.UseSqlite();
        if (name == "receiver") options.UseKuzu(kuzu: ScratchFolder.Small);
    });
}
