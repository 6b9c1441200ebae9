using Crdt.Tests.Fuzz;

namespace Crdt.Tests.Properties.Codec;

/// <summary>A moment of what <c>bash eng/fuzz</c> does for as long as it is told.</summary>
[Collection(nameof(ExhaustionTests))]
public sealed class FuzzTests
{
    private const ulong Inputs = 20_000;

    [Fact]
    public void Damaged_bytes_are_read_or_refused_by_every_decoder()
    {
        var run = new FuzzRun(Cases.Seed, 0, Inputs, TimeSpan.FromMinutes(2), threads: 1);
        var told = new List<string>();
        run.Execute(told.Add);
        Assert.True(run.Failures.Count == 0, string.Join(Environment.NewLine, told));
        Assert.Equal((long)Inputs, run.Inputs);
    }
}
