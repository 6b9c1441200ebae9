using Crdt.Tests.Generators.Driving;

namespace Crdt.Tests.Generators.Snapshots;

/// <summary>
/// What is emitted for each <c>Input.cs</c> is as in the files beside it. With <c>CRDT_ACCEPT=1</c> in the environment the
/// files are written anew, to be read in review.
/// </summary>
public sealed class SnapshotTests
{
    private static readonly bool Accept = Environment.GetEnvironmentVariable("CRDT_ACCEPT") == "1";

    [Theory]
    [InlineData("Node")]
    [InlineData("Relationship")]
    [InlineData("Shapes")]
    [InlineData("Schema")]
    [InlineData("Kinds")]
    [InlineData("Record")]
    [InlineData("Result")]
    public void The_emitted_code_is_as_it_was_read(string name)
    {
        var folder = Repository.Path("tests", "Generators", "Snapshots", name);
        var outcome = Sample.Run(File.ReadAllText(Path.Combine(folder, "Input.cs")));
        outcome.RequireClean();
        if (Accept) Write(folder, outcome.Emitted);
        Assert.Equal(outcome.Emitted.Keys.Order(), Directory.GetFiles(folder, "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)).Order());
        foreach (var (file, source) in outcome.Emitted)
            Assert.Equal(File.ReadAllText(Path.Combine(folder, file + ".txt")).ReplaceLineEndings("\n"), source);
    }

    private static void Write(string folder, IReadOnlyDictionary<string, string> emitted)
    {
        foreach (var old in Directory.GetFiles(folder, "*.txt")) File.Delete(old);
        foreach (var (file, source) in emitted) File.WriteAllText(Path.Combine(folder, file + ".txt"), source);
    }
}
