namespace Crdt.Tests.Properties.Bounds;

/// <summary>The bound holds in every interleaving. <c>CRDT_CASES=50000</c> tries a million operations.</summary>
public sealed class EscrowTests
{
    private const int OperationsPerCase = 20, Together = 200;

    [Theory]
    [InlineData(Deletion.DeleteWins, 0)]
    [InlineData(Deletion.UpdateWins, -7)]
    public void No_interleaving_takes_a_counter_below_its_bound_or_loses_a_unit(Deletion deletion, long min)
    {
        var world = new EscrowWorld(Cases.Seed, deletion, min);
        for (var i = 0; i < Cases.Count * OperationsPerCase; i++)
        {
            try
            {
                world.Step();
                if (i % Together == 0) world.Gather();
            }
            catch (LawBrokenException error)
            {
                throw new LawBrokenException($"Broken by operation {i}. Repeat with CRDT_SEED={Cases.Seed} CRDT_CASES={Cases.Count}\n{error.Message}", error);
            }
        }

        world.Gather();
        string[] wanted = ["added", "taken away", "given", "refused", "behind", "merged", "delivered", "deleted", "created again", "parted", "asked", "answered", "moved"];
        Assert.All(wanted, what => Assert.True(world.Done.GetValueOrDefault(what) > Cases.Count / 10, $"{what}: {world.Done.GetValueOrDefault(what)} times"));
    }
}
