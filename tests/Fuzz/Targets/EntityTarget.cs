using Crdt.Entities;

namespace Crdt.Tests.Fuzz.Targets;

/// <summary>Whole entities, read by a build that knows all of their fields and by one that knows none.</summary>
internal sealed class EntityTarget(Subject subject, byte[][] samples) : Target($"entity of {subject}", Allowance.Objects, samples)
{
    private readonly Subject _old = subject.Without(_ => true);
    private readonly byte[] _other = samples[0];

    protected override void Decode(byte[] input, Dice dice) => subject.Decode(input, null);

    protected override void Verify(byte[] input, Dice dice)
    {
        var state = subject.Decode(input, null);
        Law.Same("what is accepted is canonical", input, state.Encode());
        Law.Same("and accepted by builds that know less", input, _old.Decode(input, null).Encode());
        Law.Holds("it has an identity", EntityState.ReadId(input, subject.Type) == subject.Id);
        if (!dice.OneIn(4)) return;
        state.Join(subject.Decode(_other, null));
        var merged = state.Encode();
        Law.Same("what was merged is canonical", merged, subject.Decode(merged, null).Encode());
    }
}

/// <summary>Whole entities, read by a build that knows none of their fields.</summary>
internal sealed class UnknownTarget(Subject subject, byte[][] samples) : Target($"unknown fields of {subject}", Allowance.Objects, samples)
{
    private readonly Subject _old = subject.Without(_ => true);

    protected override void Decode(byte[] input, Dice dice) => _old.Decode(input, null);

    protected override void Verify(byte[] input, Dice dice) => Law.Same("what is accepted is canonical", input, _old.Decode(input, null).Encode());
}
