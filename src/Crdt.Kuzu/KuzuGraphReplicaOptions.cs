using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Projecting;

namespace Crdt.Kuzu;

/// <summary>Adds Kuzu to the options of a replica.</summary>
public static class KuzuGraphReplicaOptions
{
    /// <summary>Shows the replica's data in a Kuzu database.</summary>
    /// <param name="options">The options.</param>
    /// <param name="path">The database file; <c>graph.kuzu</c> in the replica's folder by default.</param>
    /// <param name="kuzu">How it is opened; the defaults suit most.</param>
    public static GraphReplicaOptions UseKuzu(this GraphReplicaOptions options, string? path = null, KuzuOptions? kuzu = null)
    {
        options.Projection = () => new KuzuProjection(path ?? Path.Combine(options.Folder ?? ".", "graph.kuzu"), kuzu ?? new(), options.Time, options.CapturesDirectWrites);
        return options;
    }
}
