using Crdt.Kuzu;
using Crdt.Schema;
using Crdt.Sqlite;
using Crdt.Sync;

namespace Crdt.Bench.EndToEnd;

/// <summary>A replica with both of its databases, in a folder of its own, that says where its time goes.</summary>
internal sealed class TimedReplica : IAsyncDisposable
{
    private static readonly GraphSchema Schema = new("bench", 1, Person.EntityType, Knows.EntityType);

    private readonly string _folder;

    private TimedReplica(string folder, Shares shares, GraphReplica graph) => (_folder, Shares, Graph) = (folder, shares, graph);

    public Shares Shares { get; }

    public GraphReplica Graph { get; }

    /// <param name="name">Its name.</param>
    /// <param name="hasGraphDatabase">Whether it shows its data in Kuzu.</param>
    public static async Task<TimedReplica> OpenAsync(string name, bool hasGraphDatabase)
    {
        var folder = Directory.CreateTempSubdirectory("crdt-bench-").FullName;
        var shares = new Shares();
        var graph = await GraphReplica.OpenAsync(name, Schema, options =>
        {
            options.Folder = folder;
            options.UseSqlite();
            if (hasGraphDatabase) options.UseKuzu();
            var (store, projection) = (options.Store!, options.Projection);
            options.Store = () => new TimedStore(store(), shares);
            if (projection is not null) options.Projection = () => new TimedProjection(projection(), shares);
        });
        return new(folder, shares, graph);
    }

    public async ValueTask DisposeAsync()
    {
        await Graph.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
