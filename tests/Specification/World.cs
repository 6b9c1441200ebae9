using Crdt.Clocks;
using Crdt.Kuzu;
using Crdt.Sqlite;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Sync.Transactions;
using Crdt.Tests.Specification.Model;

namespace Crdt.Tests.Specification;

/// <summary>Real replicas, each with a SQLite store and a Kuzu database, in a folder that goes away with the test.</summary>
public sealed class World : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crdt-specification-").FullName;
    private readonly List<GraphReplica> _open = [];
    private readonly Dictionary<string, SqliteStore> _stores = [];

    /// <summary>The time that all replicas read.</summary>
    public MovableTime Time { get; } = new();

    public async Task<GraphReplica> OpenAsync(string name)
    {
        var replica = await GraphReplica.OpenAsync(name, SocialSchema.Instance, options =>
        {
            options.Folder = Path.Combine(_folder, name);
            options.Time = Time;
            options.UseSqlite();
            options.UseKuzu();
            var make = options.Store!;
            options.Store = () => _stores[name] = (SqliteStore)make();
        });
        _open.Add(replica);
        return replica;
    }

    /// <summary>Fills the disk under a replica's store up, or makes room again: SQLite refuses every page more with the error of a full disk.</summary>
    public void FillDisk(string name, bool isFull) => _stores[name].LimitPages(isFull ? 1 : int.MaxValue);

    /// <summary>Closes a replica as it is.</summary>
    public async Task CloseAsync(GraphReplica replica)
    {
        _open.Remove(replica);
        await replica.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _open) await replica.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Closes a replica and reads what its store holds.</summary>
    public async Task<IReadOnlyList<StoredEntity>> ReadStoreAsync(GraphReplica replica)
    {
        _open.Remove(replica);
        await replica.DisposeAsync();
        await using var store = new SqliteStore(Path.Combine(_folder, replica.Name, "replica.db"));
        await store.OpenAsync(new(replica.Name, ReplicaId.Random(), SocialSchema.Instance));
        return await store.ScanAsync(default, int.MaxValue);
    }

    public static async Task EditAsync(GraphReplica replica, Func<GraphTransaction, Task> edit)
    {
        await using var transaction = await replica.BeginAsync();
        await edit(transaction);
        await transaction.CommitAsync();
    }

    public static Task EditAsync(GraphReplica replica, Action<GraphTransaction> edit) => EditAsync(replica, transaction =>
    {
        edit(transaction);
        return Task.CompletedTask;
    });

    public static Task EditUserAsync(GraphReplica replica, string id, Action<User> edit) => EditAsync(replica, async transaction =>
        edit(await transaction.GetAsync<User>(id) ?? throw new InvalidOperationException($"There is no user {id}.")));

    /// <summary>Adds users in transactions of 5,000.</summary>
    public static async Task AddUsersAsync(GraphReplica replica, int from, int count)
    {
        foreach (var ids in Enumerable.Range(from, count).Chunk(5_000))
        {
            await EditAsync(replica, transaction =>
            {
                foreach (var id in ids)
                {
                    var user = transaction.Add<User>($"user_{id}");
                    (user.Name, user.Email, user.Stock) = ($"User {id}", $"user{id}@example.com", id % 50);
                }
            });
        }
    }

    /// <summary>Every row of a Cypher query, the values joined by a bar.</summary>
    public static async Task<List<string>> RowsAsync(GraphReplica replica, string cypher)
    {
        var rows = new List<string>();
        await foreach (var row in replica.QueryAsync(cypher)) rows.Add(string.Join('|', row.Values));
        return rows;
    }

    /// <summary>Demands that both hold the same, in their stores and in their graph databases.</summary>
    public static async Task AssertEqualAsync(GraphReplica left, GraphReplica right)
    {
        Assert.Equal(left.VectorOf(), right.VectorOf());
        Assert.Equal((await left.GetMerkleTreeAsync()).Root, (await right.GetMerkleTreeAsync()).Root);
        foreach (var cypher in new[] { "MATCH (u:User) RETURN u.* ORDER BY u.Id", "MATCH (a:User)-[f:FOLLOWS]->(b:User) RETURN a.Id, b.Id, f.Since ORDER BY a.Id, b.Id" })
            Assert.Equal(await RowsAsync(left, cypher), await RowsAsync(right, cypher));
    }
}
