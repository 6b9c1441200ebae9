namespace Crdt.Tests.Samples;

public sealed class StockTests
{
    [Fact]
    public async Task Two_shops_that_are_offline_sell_what_there_is_and_no_more()
    {
        var result = await DemoProcess.RunProgramAsync("Crdt.Samples.Stock");
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("    north can't sell 1: it may sell 0, and 2 are left in all as far as it knows", result.Lines);
        Assert.Contains("    south can't sell 1: it may sell 0, and 3 are left in all as far as it knows", result.Lines);
        Assert.Equal(["    north: 0 in stock as far as it knows, may sell 0", "    south: 0 in stock as far as it knows, may sell 0"], result.Lines.TakeLast(2));
        Assert.InRange(result.Lines.Count, 10, 24); // One screen.
    }
}
