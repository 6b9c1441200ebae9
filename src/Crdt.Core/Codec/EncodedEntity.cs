using Crdt.Clocks;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Codec;

/// <summary>
/// The canonical bytes of an entity's state, and what can be done with them without knowing its type. Equal states have
/// equal bytes.
/// </summary>
/// <remarks>
/// <code>
/// state  := table block(ranges) block(dots) field*      context, liveness, fields ascending by number
/// table  := count id[16]*                               the replicas named below, ascending, none unused
/// ranges := { index first length-1 }*                   ascending, neither overlapping nor touching
/// dots   := { index number }*                           ascending
/// field  := number[4] kind[1] block(store)              the store is never empty
/// store  := { index number block(payload) }*            where the kind's grammar is DotFun
///         | { block(key) block(dots) }*                 where it is DotMap; keys ascend by bytes, dots are never empty
///         | { block(key) block(store of DotFun) }*      where it is DotFunMap
/// </code>
/// Numbers are in base 128 in their shortest form; a block is a length and so many bytes. In an engine the replica's
/// version vector is the context of every entity, and <c>ranges</c> is empty.
/// </remarks>
public static partial class EncodedEntity
{
    /// <summary>The state of an entity of which nothing is left and nothing was seen.</summary>
    public static ReadOnlyMemory<byte> Empty { get; } = new byte[] { 0, 0, 0 };

    /// <summary>The grammar of a kind's store, also of a kind that this build doesn't know.</summary>
    public static FieldGrammar GrammarOf(FieldKind kind) => (FieldGrammar)((byte)kind & 0b11);

    /// <summary>
    /// Whether writes to a field of a kind stay where their entity is deleted or created again, also of a kind that this build doesn't know. What
    /// guards a bound has to: one who had not heard of the deletion may have used rights that it would give back.
    /// </summary>
    public static bool OutlivesDeletion(FieldKind kind) => (byte)kind >= 0x80;

    /// <summary>Reads all of a state from outside and demands that it is canonical and within <see cref="WireLimits.Record"/>. O(bytes).</summary>
    /// <param name="state">The state.</param>
    /// <param name="origin">The offset of its first byte in the outermost input, for error messages.</param>
    /// <exception cref="WireFormatException">It is not.</exception>
    public static void Validate(ReadOnlySpan<byte> state, int origin = 0)
    {
        RequireSize(state, WireLimits.Record, origin);
        Inspect(state, origin);
    }

    /// <summary>
    /// Reads all of a state that carries its own context and demands that it is canonical and has seen every write that it
    /// holds: one that it claims not to have seen could never be removed. O(bytes).
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="origin">The offset of its first byte in the outermost input, for error messages.</param>
    /// <exception cref="WireFormatException">It is not, or has not.</exception>
    public static void ValidateStandalone(ReadOnlySpan<byte> state, int origin = 0)
    {
        ReadStandalone(state, origin);
    }

    /// <summary>
    /// Reads all of a row that a replica's version vector is the context of, and demands that it is canonical, that something is left of it, that it carries
    /// no context of its own, and that the vector has seen every write that it holds. O(bytes).
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="seen">The vector.</param>
    /// <param name="origin">The offset of its first byte in the outermost input, for error messages.</param>
    /// <exception cref="WireFormatException">It is not, or the vector has not.</exception>
    public static void ValidateRow(ReadOnlySpan<byte> row, VersionVector seen, int origin = 0)
    {
        RequireSize(row, WireLimits.Frame, origin);
        if (Inspect(row, origin).IsEmpty) throw new WireFormatException("nothing is left of a row that was sent", origin);
        var parts = new StateReader(row, origin);
        if (parts.Ranges().MoveNext()) throw new WireFormatException("a row carries a context of its own", origin);
        if (FirstOutside(parts, seen) is { } unseen) throw new WireFormatException($"a row holds a write that its sender says it has not seen: {unseen}", origin);
    }

    /// <summary>Does the same as <see cref="ValidateStandalone(ReadOnlySpan{byte}, int)"/> and gives the context, so that it is made once.</summary>
    internal static CausalContext ReadStandalone(ReadOnlySpan<byte> state, int origin)
    {
        RequireSize(state, WireLimits.Frame, origin);
        Inspect(state, origin);
        var parts = new StateReader(state, origin);
        var context = parts.ReadContext();
        if (FirstOutside(parts, context) is { } unseen) throw new WireFormatException($"the context lacks a write that the state holds: {unseen}", origin);
        return context;
    }

    /// <summary>The first write that a valid state holds and a context lacks; null where there is none. O(bytes) look-ups, and no memory.</summary>
    internal static Dot? FirstOutside<TContext>(ReadOnlySpan<byte> state, TContext context)
        where TContext : ICausalContext => FirstOutside(new StateReader(state), context);

    /// <summary>Whether the entity exists, from the head of its state alone; an empty input is a state of nothing. O(replicas).</summary>
    /// <exception cref="WireFormatException">The head is malformed.</exception>
    public static bool IsAlive(ReadOnlySpan<byte> state) => !state.IsEmpty && new StateReader(state).Liveness().Remaining > 0;

    /// <summary>Adds the dots of every write that is in force to <paramref name="dots"/>. O(bytes).</summary>
    /// <exception cref="WireFormatException">The bytes are not the canonical form of a state.</exception>
    public static void CollectDots(ReadOnlySpan<byte> state, CausalContext dots) => CollectDots(state, dots, alsoOfOutliving: true);

    /// <summary>Adds the dots of every write that a deletion removes: all but those of fields that outlive it. O(bytes).</summary>
    /// <exception cref="WireFormatException">The bytes are not the canonical form of a state.</exception>
    public static void CollectRemovable(ReadOnlySpan<byte> state, CausalContext dots) => CollectDots(state, dots, alsoOfOutliving: false);

    private static void CollectDots(ReadOnlySpan<byte> state, CausalContext dots, bool alsoOfOutliving)
    {
        // Each store ascends, but one begins below where another ends: added one by one, dots would move each other about.
        var parts = new StateReader(state);
        var all = new List<Dot>(CountDots(parts));
        Collect(new DotReader(parts.Liveness(), parts.Table, hasPayload: false), all);
        while (parts.MoveNext())
        {
            if (!alsoOfOutliving && OutlivesDeletion(parts.Kind)) continue;
            if (GrammarOf(parts.Kind) == FieldGrammar.DotFun) Collect(new DotReader(parts.Store(), parts.Table, hasPayload: true), all);
            else CollectKeyed(parts, all);
        }

        dots.AddAll(all);
    }

    /// <summary>How many writes are in force in each field that has any, ascending by number. O(bytes).</summary>
    /// <exception cref="WireFormatException">The bytes are not the canonical form of a state.</exception>
    public static IReadOnlyList<WriteCount> CountWrites(ReadOnlySpan<byte> state)
    {
        var counts = new List<WriteCount>();
        var parts = new StateReader(state);
        Span<bool> used = new bool[parts.ReplicaCount];
        while (parts.MoveNext()) counts.Add(WalkStore(parts, used));
        return counts;
    }

    /// <summary>What a store wants to know about a state without its type. O(bytes).</summary>
    /// <exception cref="WireFormatException">The bytes are not the canonical form of a state.</exception>
    public static StateSummary Inspect(ReadOnlySpan<byte> state) => Inspect(state, 0);

    internal static StateSummary Inspect(ReadOnlySpan<byte> state, int origin)
    {
        var parts = new StateReader(state, origin);
        Span<bool> used = parts.ReplicaCount <= 64 ? stackalloc bool[parts.ReplicaCount] : new bool[parts.ReplicaCount];
        for (var ranges = parts.Ranges(); ranges.MoveNext();) used[ranges.Index] = true;
        var isAlive = Walk(new DotReader(parts.Liveness(), parts.Table, hasPayload: false), used) > 0;
        var (fields, removable, concurrent) = (0, 0, false);
        while (parts.MoveNext())
        {
            fields++;
            if (!OutlivesDeletion(parts.Kind)) removable++;
            concurrent |= WalkStore(parts, used).InConflict;
        }

        if (used.Contains(false)) throw new WireFormatException("a replica is listed that no dot refers to", origin);
        return new(isAlive, IsEmpty: !isAlive && fields == 0, InConflict: isAlive ? concurrent : removable > 0);
    }

    // Only what comes from outside is bounded: what was joined here from several such inputs has to stay readable.
    private static void RequireSize(ReadOnlySpan<byte> state, int limit, int origin)
    {
        if (state.Length > limit) throw new WireFormatException($"a record of {state.Length} bytes exceeds the limit of {limit}", origin);
    }

    private static Dot? FirstOutside<TContext>(StateReader parts, TContext context)
        where TContext : ICausalContext
    {
        var found = FirstOutside(new DotReader(parts.Liveness(), parts.Table, hasPayload: false), context);
        while (found is null && parts.MoveNext())
        {
            if (GrammarOf(parts.Kind) == FieldGrammar.DotFun)
            {
                found = FirstOutside(new DotReader(parts.Store(), parts.Table, hasPayload: true), context);
                continue;
            }

            var keys = new KeyedDotsReader(parts.Store());
            while (found is null && keys.MoveNext()) found = FirstOutside(new DotReader(keys.DotsReader(), parts.Table, HasPayload(parts.Kind)), context);
        }

        return found;
    }

    private static Dot? FirstOutside<TContext>(DotReader dots, TContext context)
        where TContext : ICausalContext
    {
        while (dots.MoveNext())
        {
            if (!context.Contains(dots.Current)) return dots.Current;
        }

        return null;
    }

    private static int CountDots(StateReader parts)
    {
        var count = new DotReader(parts.Liveness(), parts.Table, hasPayload: false).Count();
        while (parts.MoveNext())
        {
            if (GrammarOf(parts.Kind) == FieldGrammar.DotFun)
            {
                count += new DotReader(parts.Store(), parts.Table, hasPayload: true).Count();
                continue;
            }

            var keys = new KeyedDotsReader(parts.Store());
            while (keys.MoveNext()) count += new DotReader(keys.DotsReader(), parts.Table, HasPayload(parts.Kind)).Count();
        }

        return count;
    }

    private static void Collect(DotReader reader, List<Dot> dots)
    {
        while (reader.MoveNext()) dots.Add(reader.Current);
    }

    private static void CollectKeyed(in StateReader field, List<Dot> dots)
    {
        var keys = new KeyedDotsReader(field.Store());
        while (keys.MoveNext()) Collect(new DotReader(keys.DotsReader(), field.Table, HasPayload(field.Kind)), dots);
    }

    private static WriteCount WalkStore(in StateReader field, Span<bool> used)
    {
        if (GrammarOf(field.Kind) != FieldGrammar.DotFun) return WalkKeys(field, used);
        var writes = Walk(new DotReader(field.Store(), field.Table, hasPayload: true), used);
        var differ = field.Kind == FieldKind.Register && RegisterPayload.Differ(new DotReader(field.Store(), field.Table, hasPayload: true));
        return new(field.FieldId, field.Kind, writes, writes, differ);
    }

    /// <summary>Whether the dots of a kind carry payloads, directly or under keys.</summary>
    internal static bool HasPayload(FieldKind kind) => GrammarOf(kind) != FieldGrammar.DotMap;

    private static int Walk(DotReader dots, Span<bool> used)
    {
        var count = 0;
        for (; dots.MoveNext(); count++) used[dots.Index] = true;
        return count;
    }

    private static WriteCount WalkKeys(in StateReader field, Span<bool> used)
    {
        var (writes, most, differ) = (0, 0, false);
        var keys = new KeyedDotsReader(field.Store());
        while (keys.MoveNext())
        {
            var dots = Walk(new DotReader(keys.DotsReader(), field.Table, HasPayload(field.Kind)), used);
            writes += dots;
            most = Math.Max(most, dots);
            differ |= field.Kind == FieldKind.Map && RegisterPayload.Differ(new DotReader(keys.DotsReader(), field.Table, hasPayload: true));
        }

        return new(field.FieldId, field.Kind, writes, most, differ);
    }
}
