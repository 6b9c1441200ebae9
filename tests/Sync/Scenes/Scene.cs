using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Kuzu;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Sqlite;
using Crdt.Sync;
using Crdt.Tests.Sync.Model;

namespace Crdt.Tests.Sync.Scenes;

/// <summary>Replicas in a folder of their own that goes away with the scene.</summary>
public sealed class Scene : IAsyncDisposable
{
    private readonly List<GraphReplica> _open = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("crdt-sync-").FullName;

    public MovableTime Time { get; } = new();

    public async Task<GraphReplica> OpenAsync(string name, bool kuzu = false, GraphSchema? schema = null, TimeProvider? time = null, Func<IGraphProjection>? projection = null, bool captures = false, Action<GraphReplicaOptions>? configure = null)
    {
        var replica = await GraphReplica.OpenAsync(name, schema ?? TestSchema.Instance, options =>
        {
            options.Folder = FolderOf(name);
            options.Time = time ?? Time;
            options.UseSqlite();
            options.CapturesDirectWrites = captures;
            if (kuzu || captures) options.UseKuzu();
            options.Projection = projection ?? options.Projection;
            configure?.Invoke(options);
        });
        _open.Add(replica);
        return replica;
    }

    public string FolderOf(string name) => Path.Combine(Folder, name);

    public async Task CloseAsync(GraphReplica replica)
    {
        _open.Remove(replica);
        await replica.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _open) await replica.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
