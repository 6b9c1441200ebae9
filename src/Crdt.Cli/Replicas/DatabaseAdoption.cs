using Crdt.Cli.Output;
using Crdt.Kuzu.Adopting;
using Crdt.Kuzu.Binding;

namespace Crdt.Cli.Replicas;

/// <summary>Makes replicas of databases that never saw this tool.</summary>
internal static class DatabaseAdoption
{
    private const string Suffix = ".replica";

    /// <summary>The folder in which the replica of a database is looked for and made where nobody says it.</summary>
    public static string FolderFor(string database) => database + Suffix;

    /// <summary>What the graph of a database is called where nobody says it: as its file.</summary>
    public static string GraphFor(string database) => Path.GetFileNameWithoutExtension(database);

    /// <summary>Adopts a database into a new folder.</summary>
    /// <returns>The replica, closed, and what isn't kept as it was.</returns>
    public static async Task<(ReplicaHome Home, IReadOnlyList<AdoptionNote> Notes)> AdoptAsync(string database, string folder, string graph, string? name, ToolOutput output, CancellationToken cancellationToken)
    {
        if (!File.Exists(database)) throw new ToolException(ExitCode.Replica, $"There is no database '{database}'.");
        var home = ReplicaHome.Create(folder, new(name ?? ReplicaHome.NameFor(folder), graph, HasGraphDatabase: true));
        var notes = await output.WithProgressAsync($"Adopting {database}", async progress =>
        {
            var told = new ActualProgress<AdoptionProgress>(value => progress.Report(value.Rows, value.Total, "rows"));
            var adoption = await KuzuAdoption.AdoptAsync(database, home.Settings.Name, graph, home.Configure, progress: told, cancellationToken: cancellationToken).ConfigureAwait(false);
            await using (adoption.ConfigureAwait(false)) return adoption.Notes;
        }).ConfigureAwait(false);
        home.Save();
        return (home, notes);
    }

    /// <summary>Runs Cypher in a database of its own, and adopts that: the tables of a new graph, and whatever rows are to be in it.</summary>
    public static async Task<ReplicaHome> CreateAsync(string cypher, string folder, string graph, string? name, ToolOutput output, CancellationToken cancellationToken)
    {
        var database = Path.Combine(Path.GetTempPath(), $"crdt-{Guid.NewGuid():N}.kuzu");
        try
        {
            using (var source = KuzuDatabase.Open(database))
            using (var connection = source.Connect()) connection.Execute(cypher);
            return (await AdoptAsync(database, folder, graph, name, output, cancellationToken).ConfigureAwait(false)).Home;
        }
        catch (KuzuException error)
        {
            throw new ToolException(ExitCode.Usage, $"The tables can't be made: {error.Message}", error);
        }
        finally
        {
            foreach (var file in Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(database) + "*")) File.Delete(file);
        }
    }

    /// <summary>The replica to work on: that of the folder, or that of a database, which is adopted the first time.</summary>
    public static async Task<ReplicaHome> HomeOfAsync(Invocation invocation, string? database)
    {
        if (database is null) return invocation.Home;
        if (Directory.Exists(database)) return ReplicaHome.At(database);
        var folder = FolderFor(database);
        if (ReplicaHome.IsAt(folder)) return ReplicaHome.At(folder);
        var (home, notes) = await AdoptAsync(database, folder, GraphFor(database), null, invocation.Output, invocation.Cancellation).ConfigureAwait(false);
        invocation.Output.Say($"Adopted {database} into the replica {folder}; from now on the graph is {Path.Combine(folder, "graph.kuzu")}, and {database} stays as it is.");
        foreach (var note in notes) invocation.Output.Say($"  {note}");
        return home;
    }
}
