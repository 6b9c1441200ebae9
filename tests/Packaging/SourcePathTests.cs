using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;

namespace Crdt.Tests.Packaging;

/// <summary>What is packed says nothing of the machine that packed it: the folder of the repository is named nowhere.</summary>
public sealed class SourcePathTests(PackedPackages packed)
{
    private static readonly string[] Expected =
    [
        "analyzers/dotnet/cs/Crdt.CodeFixes.dll", "analyzers/dotnet/cs/Crdt.Generators.dll", "lib/net10.0/Crdt.Core.dll", "lib/net10.0/Crdt.Core.pdb",
        "lib/net10.0/Crdt.Testing.dll", "lib/net10.0/Crdt.Testing.pdb",
    ];

    [Fact]
    public void No_assembly_and_no_symbols_hold_the_path_of_the_repository()
    {
        var binaries = packed.Files.SelectMany(Binaries).ToArray();
        Assert.Equal(Expected, binaries.Select(binary => binary.Name).Order(StringComparer.Ordinal));
        Assert.Empty(binaries.Where(binary => Holds(binary.Content, Encoding.UTF8) || Holds(binary.Content, Encoding.Unicode)).Select(binary => binary.Name));
    }

    // Symbols spell a path as a list of its parts, so its bytes stand nowhere in one piece.
    [Fact]
    public void Symbols_name_sources_from_the_repository_on()
    {
        var symbols = packed.Files.SelectMany(Binaries).Where(binary => binary.Name.EndsWith(".pdb", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, symbols.Length);
        foreach (var (name, content) in symbols)
        {
            var sources = SourcesOf(content);
            Assert.Contains(sources, source => source.StartsWith($"/_/src/{Path.GetFileNameWithoutExtension(name)}/", StringComparison.Ordinal));
            Assert.All(sources, source => Assert.StartsWith("/_/", source, StringComparison.Ordinal));
        }
    }

    private static List<(string Name, byte[] Content)> Binaries(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Where(entry => Path.GetExtension(entry.Name) is ".dll" or ".pdb").Select(entry => (entry.FullName, ReadAll(entry)))];
    }

    private static byte[] ReadAll(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static bool Holds(byte[] content, Encoding encoding) => content.AsSpan().IndexOf(encoding.GetBytes(Repository.Root)) >= 0;

    private static string[] SourcesOf(byte[] symbols)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols));
        var reader = provider.GetMetadataReader();
        return [.. reader.Documents.Select(handle => reader.GetString(reader.GetDocument(handle).Name))];
    }
}
