using Crdt.Codec;

namespace Crdt.Types.Registers;

/// <summary>
/// Says what a register with concurrent writes reads as. A pure function of the set of writes, so every replica that holds
/// the same writes reads the same.
/// </summary>
public abstract class ResolutionRule
{
    private protected ResolutionRule()
    {
    }

    /// <summary>What the rule is called where a conflict is reported; <c>custom</c> for a method of the user's.</summary>
    public string Name { get; private protected init; } = "custom";

    /// <summary>Resolves encoded writes; the result is written without its stamp. False where the result is absent.</summary>
    internal abstract bool Resolve(WireReader store, ReadOnlySpan<byte> table, ref WireWriter value);
}

/// <summary>A rule for values of one type: one of those below, or a method of the user's.</summary>
/// <typeparam name="T">The value of the register.</typeparam>
/// <typeparam name="TCodec">Its canonical bytes.</typeparam>
/// <param name="choose">
/// Takes the concurrent writes, two or more, ascending by replica and number, and gives the value to read. It must depend on
/// nothing else.
/// </param>
public sealed class ResolutionRule<T, TCodec>(Func<IReadOnlyList<Sibling<T>>, T> choose) : ResolutionRule
    where TCodec : IValueCodec<T>
{
    /// <summary>The write with the lowest (stamp, replica, number).</summary>
    public static ResolutionRule<T, TCodec> FirstWriteWins { get; } = new(siblings => siblings.MinBy(sibling => (sibling.Stamp, sibling.Dot)).Value) { Name = "first_write_wins" };

    /// <summary>The last of the writes that were made online; the last of all where every one was made offline.</summary>
    public static ResolutionRule<T, TCodec> OnlineWins { get; } =
        new(siblings => siblings.MaxBy(sibling => (!sibling.Offline, sibling.Stamp, sibling.Dot)).Value) { Name = "online_wins" };

    /// <summary>The greatest of the values; absence is less than any.</summary>
    public static ResolutionRule<T, TCodec> Max { get; } = new(siblings => Extreme(siblings, 1)) { Name = "max" };

    /// <summary>The least of the values; absence is taken only where nothing else was written.</summary>
    public static ResolutionRule<T, TCodec> Min { get; } = new(siblings => Extreme(siblings, -1)) { Name = "min" };

    /// <summary>What the writes read as.</summary>
    public T Resolve(IReadOnlyList<Sibling<T>> siblings) => choose(siblings);

    internal override bool Resolve(WireReader store, ReadOnlySpan<byte> table, ref WireWriter value)
    {
        var siblings = new List<Sibling<T>>(2);
        var dots = new DotReader(store, table, hasPayload: true);
        while (dots.MoveNext())
        {
            var payload = dots.PayloadReader();
            var write = RegisterWrites<T, TCodec>.Read(ref payload);
            siblings.Add(new(dots.Current, write.Stamp, write.Offline, write.Value));
        }

        var resolved = Resolve(siblings);
        if (resolved is null) return false;
        TCodec.Write(ref value, resolved);
        return true;
    }

    private static T Extreme(IReadOnlyList<Sibling<T>> siblings, int direction)
    {
        var values = siblings.Select(sibling => sibling.Value).Where(value => value is not null);
        return (direction > 0 ? values.Max(CanonicalOrder<T, TCodec>.ByValue) : values.Min(CanonicalOrder<T, TCodec>.ByValue))!;
    }
}
