using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Kernel;

namespace Crdt.Tests.Fuzz.Targets;

/// <summary>Rows and states, checked without their type.</summary>
internal sealed class StateTarget(byte[][] samples) : Target("state", Allowance.Encoded, samples)
{
    protected override void Decode(byte[] input, Dice dice)
    {
        if (dice.OneIn(2)) EncodedEntity.Inspect(input);
        else EncodedEntity.ValidateStandalone(input);
    }

    protected override void Verify(byte[] input, Dice dice)
    {
        EncodedEntity.Validate(input);
        var (dots, writes) = (new CausalContext(), EncodedEntity.CountWrites(input));
        EncodedEntity.CollectDots(input, dots);
        var summary = EncodedEntity.Inspect(input);
        Law.Holds("alive", summary.IsAlive == EncodedEntity.IsAlive(input));
        Law.Holds("empty", summary.IsEmpty == (dots.IsEmpty && writes.Count == 0));
        Law.Same("a state joined with itself is itself", input, EncodedEntity.Join(input, input));
        Law.Same("a state joined with nothing is itself", input, EncodedEntity.Join(input, EncodedEntity.Empty.Span));
    }
}

/// <summary>The join of a state with a good one, from both sides.</summary>
internal sealed class JoinTarget(byte[][] samples) : Target("join of states", Allowance.Joined, samples)
{
    protected override void Decode(byte[] input, Dice dice)
    {
        if (dice.OneIn(2)) EncodedEntity.Join(input, Samples[1]);
        else EncodedEntity.Join(Samples[0], new VersionVector(), input, new VersionVector());
    }

    protected override void Verify(byte[] input, Dice dice)
    {
        byte[] joined;
        try
        {
            EncodedEntity.Inspect(input);
            joined = EncodedEntity.Join(input, Samples[1]);
        }
        catch (WireFormatException)
        {
            // The join reads no more than it needs, so it may accept what isn't used of a state that Inspect refuses.
            return;
        }

        EncodedEntity.Inspect(joined);
        Law.Same("the join is commutative", joined, EncodedEntity.Join(Samples[1], input));
        Law.Same("and idempotent", joined, EncodedEntity.Join(joined, input));
    }

    protected override int Measure(byte[] input) => input.Length + Math.Max(Samples[0].Length, Samples[1].Length);
}
