namespace Crdt.Tests.Vectors.Files;

/// <summary>The files with the vectors, beside this source.</summary>
internal static class VectorFile
{
    public static IReadOnlyList<Block> Read(string name) => File.Exists(PathOf(name)) ? Parse(File.ReadAllText(PathOf(name))) : [];

    /// <summary>Reads the text of a file, wherever it comes from.</summary>
    public static IReadOnlyList<Block> Parse(string text)
    {
        var blocks = new List<Block>();
        foreach (var part in text.ReplaceLineEndings("\n").Split("\n[").Skip(1))
        {
            var lines = part.TrimEnd('\n').Split('\n');
            blocks.Add(new(lines[0].TrimEnd(']'), [.. lines[1..].Where(line => line.Length > 0).Select(ParseLine)]));
        }

        return blocks;
    }

    /// <summary>Adds to the end of a file. There is deliberately no way of writing any other part of one.</summary>
    public static void Append(string name, IEnumerable<Block> blocks)
    {
        if (!File.Exists(PathOf(name))) File.WriteAllText(PathOf(name), "# Frozen: blocks are added at the end and never changed. See ../README.md.\n");
        File.AppendAllText(PathOf(name), string.Concat(blocks.Select(block => $"\n{block}")));
    }

    private static (string Label, string Text) ParseLine(string line)
    {
        var at = line.IndexOf(':', StringComparison.Ordinal);
        return (line[..at], line[(at + 1)..].TrimStart(' '));
    }

    private static string PathOf(string name) => Path.Combine(Root(), "tests", "Vectors", "Files", $"{name}.txt");

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Crdt.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Crdt.sln.");
    }
}
