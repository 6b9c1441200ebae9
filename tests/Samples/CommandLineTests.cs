namespace Crdt.Tests.Samples;

/// <summary>A mistake on the command line is told in one line, and nothing is touched.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("'--fast' is no option", "--fast")]
    [InlineData("'now' is no option", "now")]
    [InlineData("--seed needs a value", "--seed")]
    [InlineData("--work needs a value", "--work", "--all")]
    [InlineData("--seed needs a whole number, not 'x'", "--seed", "x")]
    [InlineData("--limit needs a whole number from 1 up, not '0'", "--limit", "0")]
    [InlineData("--resume and --verify-only exclude each other", "--resume", "--verify-only")]
    public async Task Mistakes_are_told(string message, params string[] arguments) => AssertRefused(message, await DemoProcess.RunAsync(arguments));

    [Fact]
    public async Task A_folder_without_the_data_set_is_told()
    {
        using var work = new WorkFolder();
        AssertRefused("doesn't hold the data set", await DemoProcess.RunAsync("--work", work.Path, "--data", work.Path));
    }

    [Theory]
    [InlineData("--resume")]
    [InlineData("--verify-only")]
    public async Task There_has_to_be_a_run_to_go_on_with(string option)
    {
        using var work = new WorkFolder();
        AssertRefused("holds no run of this demo", await DemoProcess.RunAsync("--work", work.Path, option));
    }

    [Theory]
    [InlineData("--all")]
    [InlineData("--seed", "2")]
    [InlineData("--limit", "7")]
    public async Task A_run_is_not_gone_on_with_as_another(params string[] other)
    {
        using var work = new WorkFolder();
        await DemoProcess.KillAsync("Import", TimeSpan.Zero, work.Slice());
        AssertRefused($"{other[0]} differs from the run", await DemoProcess.RunAsync(["--work", work.Path, "--resume", .. other]));
    }

    [Fact]
    public async Task A_folder_of_somebody_elses_is_left_alone()
    {
        using var work = new WorkFolder();
        var theirs = Path.Combine(Directory.CreateDirectory(Path.Combine(work.Path, "office")).FullName, "accounts.txt");
        await File.WriteAllTextAsync(theirs, "private");
        AssertRefused("isn't a folder of this demo", await DemoProcess.RunAsync(work.Slice()));
        Assert.Equal("private", await File.ReadAllTextAsync(theirs));
    }

    [Fact]
    public async Task Help_lists_the_options()
    {
        var result = await DemoProcess.RunAsync("--help");
        Assert.Equal(0, result.ExitCode);
        foreach (var option in new[] { "--data", "--work", "--all", "--resume", "--seed", "--limit", "--verify-only", "--tamper", "--quiet" })
            Assert.Contains(result.Lines, line => line.TrimStart().StartsWith(option, StringComparison.Ordinal));
    }

    private static void AssertRefused(string message, DemoResult result)
    {
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains(message, result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
    }
}
