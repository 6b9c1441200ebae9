using Crdt.Entities;
using Crdt.Testing.Checks;
using Crdt.Testing.Histories;
using Crdt.Testing.Subjects;

namespace Crdt.Testing;

/// <summary>
/// The laws that make replicas converge, tried on an annotated class with random histories: three replicas with several copies
/// each write, delete, merge, ship deltas that get lost, duplicated and reordered, save, load, and have clocks that jump.
/// </summary>
/// <example>
/// <code>
/// [Fact]
/// public void People_converge() => Laws.Check&lt;Person&gt;();
/// </code>
/// </example>
public static class Laws
{
    /// <summary>
    /// Checks all laws: the join is commutative, associative, idempotent and inflationary; deltas, in whatever order and number,
    /// amount to the full state; the join over bytes equals the join over objects; decoding undoes encoding, and equal
    /// states have equal bytes; fields that a build lacks survive it; and what was seen to be removed never comes back.
    /// </summary>
    /// <typeparam name="T">A class marked <see cref="CrdtNodeAttribute"/> or <see cref="CrdtRelAttribute"/>.</typeparam>
    /// <param name="cases">How many histories; by default what <c>CRDT_CASES</c> says, or 1,000.</param>
    /// <param name="seed">Repeats a run; by default what <c>CRDT_SEED</c> says, or another one each time.</param>
    /// <exception cref="LawBrokenException">A law doesn't hold. The message has the seed, and the smallest history that was found, in words.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no cases to try.</exception>
    public static void Check<T>(int? cases = null, ulong? seed = null)
        where T : class, IEntity<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(cases ?? Cases.Count, nameof(cases));
        var subject = Subject.Of<T>();
        Cases.ForAll(History.Of(subject), history => AllLaws.Check(history), seed ?? Cases.Seed, cases ?? Cases.Count);
    }
}
