using Crdt.Kuzu;
using Crdt.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Binding;

/// <summary>A folder for one test, gone after it.</summary>
public sealed class ScratchFolder : IDisposable
{
    public static readonly KuzuOptions Small = new() { BufferPoolSize = 64UL << 20, MaxDatabaseSize = 1UL << 30, MaxThreads = 2 };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("crdt-kuzu-");

    public string Path => _folder.FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string Database => this["graph.kuzu"];

    public KuzuDatabase Open(KuzuOptions? options = null) => KuzuDatabase.Open(Database, options ?? Small);

    public void Dispose() => _folder.Delete(recursive: true);
}
