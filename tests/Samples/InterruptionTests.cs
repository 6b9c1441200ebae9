namespace Crdt.Tests.Samples;

/// <summary>A run that is killed goes on where it was, and ends as if it had never been killed.</summary>
public sealed class InterruptionTests
{
    private const int Attempts = 5;

    [Theory]
    [InlineData("Import", 0)]
    [InlineData("Import", 150)]
    [InlineData("First sync", 0)]
    [InlineData("First sync", 60)]
    [InlineData("Both are offline", 20)]
    [InlineData("Both are offline", 120)]
    [InlineData("Second sync", 0)]
    [InlineData("Second sync", 60)]
    public async Task A_killed_run_goes_on_and_ends_identical(string part, int milliseconds)
    {
        using var work = new WorkFolder();
        await KillWithinAsync(part, milliseconds, work.Slice());
        (await DemoProcess.RunAsync(work.Slice("--resume"))).AssertIdentical();
    }

    [Fact]
    public async Task A_run_that_is_killed_again_and_again_still_ends_identical()
    {
        using var work = new WorkFolder();
        await KillWithinAsync("Import", 100, work.Slice());
        await DemoProcess.KillAsync("Import", TimeSpan.FromMilliseconds(100), work.Slice("--resume"));
        await DemoProcess.KillAsync("First sync", TimeSpan.FromMilliseconds(20), work.Slice("--resume"));
        await DemoProcess.KillAsync("Both are offline", TimeSpan.FromMilliseconds(40), work.Slice("--resume"));
        await DemoProcess.KillAsync("Second sync", TimeSpan.FromMilliseconds(20), work.Slice("--resume"));
        (await DemoProcess.RunAsync(work.Slice("--resume"))).AssertIdentical();
    }

    /// <summary>A moment on the clock may fall behind the part that was meant, so it is tried with ever less delay.</summary>
    private static async Task KillWithinAsync(string part, int milliseconds, string[] arguments)
    {
        for (var attempt = 1; ; attempt++)
        {
            var killed = await DemoProcess.KillAsync(part, TimeSpan.FromMilliseconds(milliseconds / attempt), arguments);
            Assert.True(killed.LastPart is not null, killed.ToString());
            if (killed.ExitCode != 0 && killed.LastPart.StartsWith($"== {part}", StringComparison.Ordinal)) return;
            Assert.True(attempt < Attempts, $"The demo couldn't be killed within '{part}'; the last time, {killed}");
        }
    }
}
