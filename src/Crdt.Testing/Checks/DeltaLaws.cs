using Crdt.Entities;
using Crdt.Testing.Histories;
using Crdt.Testing.Subjects;

namespace Crdt.Testing.Checks;

/// <summary>What a copy has shipped amounts to what it is, whatever happens on the way.</summary>
internal static class DeltaLaws
{
    public static void Check(History history, World world)
    {
        var dice = history.Dice();
        var chosen = dice.Below(world.Copies.Count);
        var (subject, copy, sample) = (history.Subject, world.Copies[chosen], world.Samples[chosen]);
        EntityState[] deltas = [.. copy.Shipped.Append(copy.State.TakeDelta()).Select(delta => subject.Decode(delta, null))];
        Law.Same("taking a delta changes nothing", sample.Bytes, copy.State.Encode());
        Law.Same("deltas in order", sample.Bytes, Merged(subject.New(null), deltas));
        Law.Same("a delta of its own changes nothing", sample.Bytes, Merged(subject.Decode(sample.Bytes, null), deltas));
        Disturbed(subject, deltas, sample, dice);
        OntoAnother(subject, world, sample, deltas, dice);
    }

    private static void Disturbed(Subject subject, EntityState[] deltas, Sample full, Dice dice)
    {
        var shuffled = deltas.ToArray();
        dice.Shuffle<EntityState>(shuffled);
        Law.Same("deltas shuffled", full.Bytes, Merged(subject.New(null), shuffled));
        Law.Same("deltas shuffled and duplicated", full.Bytes, Merged(subject.New(null), [.. shuffled, .. deltas, shuffled[0]]));
        var cut = dice.Below(shuffled.Length + 1);
        EntityState[] groups = [Group(subject, shuffled[cut..]), Group(subject, shuffled[..cut])];
        Law.Same("deltas grouped", full.Bytes, Merged(subject.New(null), groups));
        Law.Same("deltas lost, then the full state", full.Bytes, Merged(subject.New(null), [.. shuffled[..cut], full.State, .. shuffled[..(cut / 2)]]));
    }

    // Merged into a copy that has seen other things, the deltas do what the whole state does.
    private static void OntoAnother(Subject subject, World world, Sample full, EntityState[] deltas, Dice dice)
    {
        var other = world.Samples[dice.Below(world.Samples.Length)];
        Law.Same("deltas onto another copy", subject.Join(other, full).Bytes, Merged(subject.Decode(other.Bytes, null), deltas));
    }

    private static EntityState Group(Subject subject, EntityState[] parts) => subject.Decode(Merged(subject.New(null), parts), null);

    private static byte[] Merged(EntityState state, EntityState[] parts)
    {
        foreach (var part in parts) state.Join(part);
        return state.Encode();
    }
}
