using System.Runtime.InteropServices;

namespace Crdt.Tests.Packaging;

/// <summary>The sample of the pure library: short, and the same whether it is run, trimmed or compiled ahead of time.</summary>
public sealed class PureSampleTests(PackedPackages packed)
{
    private const string Expected = """
        stock 7, shelves A1 B7, then heat to 80 °C: True
        Green tea or Sencha
        Sencha, 0 conflicts: True
        """;

    private static string Source => Repository.Path("samples", "PureLibrary", "Program.cs");

    [Fact]
    public void It_has_at_most_40_lines() => Assert.InRange(File.ReadAllLines(Source).Length, 10, 40);

    [Fact]
    public async Task It_prints_what_it_says()
    {
        var program = Repository.Path("samples", "PureLibrary", "bin", "Release", "net10.0", "Crdt.Samples.PureLibrary.dll");
        RequireExpected(await Tool.DotnetAsync(Repository.Root, "exec", program));
    }

    // Warnings of the trimmer and of the compiler are errors in these projects. They keep all of the library, so that
    // what the sample doesn't use is looked at too.
    [Fact]
    public async Task It_can_be_trimmed_without_a_warning() =>
        RequireExpected(await PublishedAsync("trimmed", "<PublishTrimmed>true</PublishTrimmed><SelfContained>true</SelfContained><TrimMode>full</TrimMode>"));

    [Fact]
    public async Task It_can_be_compiled_ahead_of_time_without_a_warning() => RequireExpected(await PublishedAsync("native", "<PublishAot>true</PublishAot>"));

    private async Task<string> PublishedAsync(string name, string properties)
    {
        var folder = packed.NewProject(
            name,
            await File.ReadAllTextAsync(Source),
            onlyFeed: false,
            $"{properties}<TrimmerSingleWarn>false</TrimmerSingleWarn><SuppressTrimAnalysisWarnings>false</SuppressTrimAnalysisWarnings>",
            """<TrimmerRootAssembly Include="Crdt.Core" />""");
        await Tool.DotnetAsync(folder, "publish", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", "out", "--tl:off");
        return await Tool.RunAsync(Path.Combine(folder, "out", "App"), folder);
    }

    private static void RequireExpected(string output) => Assert.Equal(Expected.ReplaceLineEndings("\n"), output.Trim().ReplaceLineEndings("\n"));
}
