using System.Text.Json;
using Crdt.Samples.SocialNetwork.Dataset;

namespace Crdt.Samples.SocialNetwork.CommandLine;

/// <summary>
/// The folder of a run: the two replicas, and a file that tells what the run works on. Nothing is ever deleted but the
/// two replicas' folders, and these only beside that file.
/// </summary>
internal sealed class WorkFolder
{
    public const string Office = "office", Laptop = "laptop";

    private static readonly string[] Replicas = [Office, Laptop];

    private readonly string _path;
    private readonly string _marker;

    public WorkFolder(string path)
    {
        _path = Path.GetFullPath(path);
        _marker = Path.Combine(_path, "social-network-demo.json");
    }

    /// <summary>The folder of one of the replicas.</summary>
    public string FolderOf(string replica) => Path.Combine(_path, replica);

    /// <summary>The Kuzu database of one of the replicas.</summary>
    public string GraphOf(string replica) => Path.Combine(FolderOf(replica), "graph.kuzu");

    /// <summary>Makes the folder ready for a run.</summary>
    /// <param name="scope">What the run works on.</param>
    /// <param name="resume">Whether it goes on with what is there, and doesn't begin from nothing.</param>
    /// <exception cref="UsageException">The folder holds something that no run has left there.</exception>
    public void Begin(Scope scope, bool resume)
    {
        if (resume && Run().IsReady) return;
        var isOurs = File.Exists(_marker);
        if (File.Exists(_path) || (!isOurs && Replicas.Any(replica => Path.Exists(FolderOf(replica)))))
            throw new UsageException($"'{_path}' isn't a folder of this demo, so nothing in it is touched; choose another one with --work");
        Directory.CreateDirectory(_path);
        Note(new(scope, IsReady: false)); // Whoever is interrupted here begins from nothing again.
        foreach (var folder in Replicas.Select(FolderOf).Where(Directory.Exists)) Directory.Delete(folder, recursive: true);
        Note(new(scope, IsReady: true));
    }

    /// <summary>What the run that this folder belongs to works on.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public Scope Scope() => Run().Scope;

    private Begun Run()
    {
        if (!File.Exists(_marker)) throw new UsageException($"'{_path}' holds no run of this demo; start one without --resume and --verify-only");
        return JsonSerializer.Deserialize<Begun>(File.ReadAllText(_marker))!;
    }

    private void Note(Begun run)
    {
        var draft = _marker + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(run));
        File.Move(draft, _marker, overwrite: true);
    }

    private sealed record Begun(Scope Scope, bool IsReady);
}
