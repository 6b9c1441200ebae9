namespace Crdt.Tests.Samples;

/// <summary>A folder for one run, which goes away with it.</summary>
internal sealed class WorkFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("crdt-demo-").FullName;

    public string Graph(string replica) => System.IO.Path.Combine(Path, replica, "graph.kuzu");

    /// <summary>The arguments of a run over a small slice of the data in this folder.</summary>
    public string[] Slice(params string[] more) => ["--work", Path, "--limit", "300", "--batch", "100", .. more];

    /// <summary>Takes over what a run has left in another folder.</summary>
    public void CopyFrom(WorkFolder other)
    {
        foreach (var file in Directory.EnumerateFiles(other.Path, "*", SearchOption.AllDirectories))
        {
            var copy = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(other.Path, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
