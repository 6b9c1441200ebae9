using Crdt.Kuzu;
using Crdt.Kuzu.Adopting;
using Crdt.Kuzu.Binding;
using Crdt.Sqlite;
using Crdt.Tests.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Adopting;

/// <summary>A database that never saw this library, and a folder for what is made of it.</summary>
internal sealed class Source : IDisposable
{
    // As it is written, and not as the engine's compression would turn the lowest integers.
    private static readonly KuzuOptions Plain = ScratchFolder.Small with { Compression = false };

    private readonly ScratchFolder _folder = new();

    public string Database => _folder.Database;

    /// <summary>A database that was made by statements and closed.</summary>
    public static Source Of(params IEnumerable<string> statements)
    {
        var source = new Source();
        source.Execute(statements);
        return source;
    }

    /// <summary>The engine's own sample: every type that it had for a column when that was made.</summary>
    public static Source TinySnb()
    {
        var folder = Path.Combine(Root(), "artifacts", "kuzu", "0.11.3", "dataset", "tinysnb");
        var copies = File.ReadAllText(Path.Combine(folder, "copy.cypher")).Replace("dataset/tinysnb", folder.Replace('\\', '/'), StringComparison.Ordinal);
        return Of(File.ReadAllText(Path.Combine(folder, "schema.cypher")), copies);
    }

    public void Execute(params IEnumerable<string> statements)
    {
        using var database = _folder.Open(Plain);
        using var connection = database.Connect();
        foreach (var statement in statements) connection.Execute(statement);
    }

    /// <summary>The rows of a query.</summary>
    public List<object?[]> Rows(string cypher)
    {
        using var database = _folder.Open(ScratchFolder.Small with { ReadOnly = true });
        using var connection = database.Connect();
        using var result = connection.Query(cypher);
        var rows = new List<object?[]>();
        while (result.Read()) rows.Add([.. Enumerable.Range(0, result.ColumnNames.Count).Select(result.GetValue)]);
        return rows;
    }

    public Task<AdoptionPlan> ReadAsync() => KuzuAdoption.ReadAsync(Database, "graph", ScratchFolder.Small);

    public Task<Adoption> AdoptAsync(string name = "replica", IProgress<AdoptionProgress>? progress = null, CancellationToken cancellationToken = default) =>
        KuzuAdoption.AdoptAsync(Database, name, "graph", Configure(name), ScratchFolder.Small, progress, cancellationToken);

    public Action<GraphReplicaOptions> Configure(string name) => options =>
    {
        options.Folder = FolderOf(name);
        options.UseSqlite().UseKuzu(kuzu: ScratchFolder.Small);
        options.CapturesDirectWrites = true;
    };

    /// <summary>Runs plain Cypher on the graph database of a replica that is closed, as any other program does.</summary>
    public void ExecuteOn(string name, params IEnumerable<string> statements)
    {
        using var database = KuzuDatabase.Open(Path.Combine(FolderOf(name), "graph.kuzu"), ScratchFolder.Small);
        using var connection = database.Connect();
        foreach (var statement in statements) connection.Execute(statement);
    }

    public string FolderOf(string name) => _folder[name];

    public void Dispose() => _folder.Dispose();

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("The tests have to lie in the repository, whose data set they read.");
    }
}
