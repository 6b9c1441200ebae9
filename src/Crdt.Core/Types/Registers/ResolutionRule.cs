using Crdt.Clocks;
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

    /// <summary>Resolves encoded writes; the result is written without its stamp. False where the result is absent.</summary>
    internal abstract bool Resolve(WireReader store, ReadOnlySpan<byte> table, ref WireWriter value);
}

/// <summary>A rule that is a method of the user's.</summary>
/// <typeparam name="T">The value of the register.</typeparam>
/// <typeparam name="TCodec">Its canonical bytes.</typeparam>
/// <param name="choose">
/// Takes the concurrent writes, two or more, ascending by replica and number, and gives the value to read. It must depend on
/// nothing else.
/// </param>
public sealed class ResolutionRule<T, TCodec>(Func<IReadOnlyList<Sibling<T>>, T> choose) : ResolutionRule
    where TCodec : IValueCodec<T>
{
    /// <summary>What the writes read as.</summary>
    public T Resolve(IReadOnlyList<Sibling<T>> siblings) => choose(siblings);

    internal override bool Resolve(WireReader store, ReadOnlySpan<byte> table, ref WireWriter value)
    {
        var siblings = new List<Sibling<T>>(2);
        var dots = new DotReader(store, table, hasPayload: true);
        while (dots.MoveNext())
        {
            var payload = dots.PayloadReader();
            var write = LwwRegister<T, TCodec>.ReadWrite(ref payload);
            siblings.Add(new(dots.Current, write.Stamp, write.Offline, write.Value));
        }

        var resolved = Resolve(siblings);
        if (resolved is null) return false;
        TCodec.Write(ref value, resolved);
        return true;
    }
}
