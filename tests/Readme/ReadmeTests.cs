namespace Crdt.Tests.Readme;

/// <summary>The README's code is the code of this project, letter by letter, and does what its comments say.</summary>
public sealed class ReadmeTests
{
    [Theory]
    [InlineData(0, "NodeClasses.cs")]
    [InlineData(1, "PureExample.cs")]
    [InlineData(2, "GraphClasses.cs")]
    [InlineData(3, "GraphExample.cs")]
    public async Task The_code_of_the_README_is_the_code_that_runs(int block, string file)
    {
        var shown = Lines(CodeBlocks(await ReadAsync("README.md"))[block]);
        var compiled = Lines(await ReadAsync(file));
        Assert.NotEmpty(shown);
        Assert.Contains(string.Join('\n', shown), string.Join('\n', compiled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_code_of_the_README_is_compiled() => Assert.Equal(4, CodeBlocks(await ReadAsync("README.md")).Count);

    [Fact]
    public async Task The_pure_example_prints_what_it_says() => Assert.Equal(["-8 -8 True"], await OutputAsync(() =>
    {
        PureExample.Run();
        return Task.CompletedTask;
    }));

    [Fact]
    public async Task The_graph_example_prints_what_it_says()
    {
        var folder = Directory.CreateTempSubdirectory("crdt-readme-");
        var before = Directory.GetCurrentDirectory();
        Directory.SetCurrentDirectory(folder.FullName);
        try
        {
            Assert.Equal(["ann@x.org knows 2"], await OutputAsync(GraphExample.RunAsync));
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string[]> OutputAsync(Func<Task> example)
    {
        var console = Console.Out;
        using var output = new StringWriter();
        Console.SetOut(output);
        try
        {
            await example();
        }
        finally
        {
            Console.SetOut(console);
        }

        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    private static List<string> CodeBlocks(string markdown) =>
        [.. markdown.Split("```csharp\n").Skip(1).Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)])];

    /// <summary>The lines that say something, without their indentation: the README has none of the test's.</summary>
    private static string[] Lines(string code) => code.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Task<string> ReadAsync(string file) => File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, file));
}
