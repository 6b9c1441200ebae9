using Crdt.Tests.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Projection;

/// <summary>Long mixtures of batches, with checkpoints among them, held against a model: what the engine doesn't survive came after many rounds.</summary>
public sealed class MixtureTests
{
    private const int Batches = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Whatever_comes_and_goes_is_shown(int seed)
    {
        var dice = new Random(seed);
        await using var shown = await Shown.OpenAsync(Town.Schema, ScratchFolder.Small with { CheckpointThreshold = 8 << 10 });
        var town = new MovingTown();
        for (var watermark = 1; watermark <= Batches; watermark++)
        {
            await shown.Projection.ApplyAsync(town.Next(watermark, dice));
            Assert.Equal(town.Dump(), await shown.DumpAsync());
        }

        Assert.Equal(Batches, await shown.ReopenAsync(Town.Schema));
        Assert.Equal(town.Dump(), await shown.DumpAsync());
    }
}
