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
        var copy = world.Copies[dice.Below(world.Copies.Count)];
        var full = copy.State.Encode();
        var deltas = copy.Shipped.Append(copy.State.TakeDelta()).ToArray();
        Law.Same("taking a delta changes nothing", full, copy.State.Encode());
        Law.Same("deltas in order", full, Merged(history.Subject, null, deltas));
        Law.Same("a delta of its own changes nothing", full, Merged(history.Subject, full, deltas));
        Disturbed(history.Subject, deltas, full, dice);
        OntoAnother(history.Subject, world, copy, deltas, dice);
    }

    private static void Disturbed(Subject subject, byte[][] deltas, byte[] full, Dice dice)
    {
        var shuffled = deltas.ToArray();
        dice.Shuffle<byte[]>(shuffled);
        Law.Same("deltas shuffled", full, Merged(subject, null, shuffled));
        Law.Same("deltas shuffled and duplicated", full, Merged(subject, null, [.. shuffled, .. deltas, shuffled[0]]));
        var cut = dice.Below(shuffled.Length + 1);
        byte[][] groups = [Merged(subject, null, shuffled[cut..]), Merged(subject, null, shuffled[..cut])];
        Law.Same("deltas grouped", full, Merged(subject, null, groups));
        Law.Same("deltas lost, then the full state", full, Merged(subject, null, [.. shuffled[..cut], full, .. shuffled[..(cut / 2)]]));
    }

    // Merged into a copy that has seen other things, the deltas do what the whole state does.
    private static void OntoAnother(Subject subject, World world, Copy copy, byte[][] deltas, Dice dice)
    {
        var other = world.Copies[dice.Below(world.Copies.Count)].State.Encode();
        Law.Same("deltas onto another copy", Merged(subject, other, [copy.State.Encode()]), Merged(subject, other, deltas));
    }

    private static byte[] Merged(Subject subject, byte[]? start, IEnumerable<byte[]> parts)
    {
        var state = start is null ? subject.New(null) : subject.Decode(start, null);
        foreach (var part in parts) state.Join(subject.Decode(part, null));
        return state.Encode();
    }
}
