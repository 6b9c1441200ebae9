using System.Text.Json;
using Crdt.AspNetCore.Authentication;
using Crdt.Cli.Hubs;
using Crdt.Kuzu;
using Crdt.Schema;
using Crdt.Sqlite;
using Crdt.Sync;

namespace Crdt.Cli.Replicas;

/// <summary>A folder with a replica: its store, its graph database, and what the tool knows of both and of hubs.</summary>
internal sealed class ReplicaHome
{
    private const string SettingsFile = "crdt.json", PeersFile = "peers.json", HubsFile = "hubs.json", DatabaseFile = "graph.kuzu";

    private ReplicaHome(string folder, ReplicaSettings settings) => (Folder, Settings) = (folder, settings);

    public string Folder { get; }

    public ReplicaSettings Settings { get; }

    /// <summary>The peers that it lets in, where it serves as a hub.</summary>
    public PeerRegister Register => new(Path.Combine(Folder, PeersFile));

    /// <summary>The hubs that it has been let in to.</summary>
    public KnownHubs Hubs => new(Path.Combine(Folder, HubsFile));

    /// <summary>Whether there is a replica in a folder.</summary>
    public static bool IsAt(string folder) => File.Exists(Path.Combine(folder, SettingsFile));

    /// <summary>The replica in a folder.</summary>
    /// <exception cref="ToolException">There is none.</exception>
    public static ReplicaHome At(string folder)
    {
        var path = Path.Combine(folder, SettingsFile);
        if (!File.Exists(path))
            throw new ToolException(ExitCode.Replica, $"There is no replica in '{folder}': name its folder with --replica, or make one with 'crdt init' or 'crdt adopt'.");
        try
        {
            return new(folder, JsonSerializer.Deserialize(File.ReadAllBytes(path), ToolJson.Default.ReplicaSettings) ?? throw new JsonException("it is empty"));
        }
        catch (JsonException error)
        {
            throw new ToolException(ExitCode.Replica, $"'{path}' can't be read: {error.Message} It holds the name, the graph, and whether there is a graph database.", error);
        }
    }

    /// <summary>Makes a folder one for a new replica.</summary>
    /// <exception cref="ToolException">There is one in it already.</exception>
    public static ReplicaHome Create(string folder, ReplicaSettings settings)
    {
        if (IsAt(folder)) throw new ToolException(ExitCode.Replica, $"There is a replica in '{folder}' already: choose another folder with --replica.");
        Directory.CreateDirectory(folder);
        return new(folder, settings);
    }

    /// <summary>Remembers the replica, once its store is there.</summary>
    public void Save() => File.WriteAllBytes(Path.Combine(Folder, SettingsFile), JsonSerializer.SerializeToUtf8Bytes(Settings, ToolJson.Default.ReplicaSettings));

    /// <summary>
    /// Says where the replica's files are. Whoever works without C# edits the graph database with whatever program there is, so what was written there is committed at each opening; taking it for damage would set it
    /// aside.
    /// </summary>
    public void Configure(GraphReplicaOptions options)
    {
        options.Folder = Folder;
        options.UseSqlite();
        if (!Settings.HasGraphDatabase) return;
        options.CapturesDirectWrites = true;
        options.UseKuzu(Path.Combine(Folder, DatabaseFile));
    }

    /// <summary>Opens the replica with the types that its store knows; a new one knows none.</summary>
    public Task<GraphReplica> OpenAsync(CancellationToken cancellationToken) => GraphReplica.OpenAsync(
        Settings.Name,
        options =>
        {
            Configure(options);
            options.FoundingSchema = new GraphSchema(Settings.Graph, 1);
        },
        cancellationToken);

    /// <summary>Opens the replica with more types than its store knows.</summary>
    public Task<GraphReplica> OpenAsync(GraphSchema schema, CancellationToken cancellationToken) => GraphReplica.OpenAsync(Settings.Name, schema, Configure, cancellationToken);

    /// <summary>What a replica is called where nobody says it.</summary>
    public static string NameFor(string folder) => $"{Environment.MachineName.ToLowerInvariant()}-{Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))}";
}
