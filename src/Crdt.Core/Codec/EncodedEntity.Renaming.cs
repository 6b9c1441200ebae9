using Crdt.Clocks;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Codec;

/// <content>Other names and times for writes that exist.</content>
public static partial class EncodedEntity
{
    /// <summary>
    /// The same state with other names for some of its writes, in its dots and in its context. Renaming commutes with joining, so whoever renames everywhere
    /// alike has renamed the joined state. The ids and positions of a list's items are names of their own and stay. O(bytes).
    /// </summary>
    /// <param name="state">The state.</param>
    /// <param name="renaming">The names.</param>
    /// <param name="latest">What becomes of the times of the writes that are renamed where they are later; null where they stay.</param>
    /// <exception cref="WireFormatException">The state is not in canonical form.</exception>
    /// <exception cref="ArgumentException">One of the new names is taken.</exception>
    public static byte[] Rename(ReadOnlySpan<byte> state, DotRenaming renaming, Stamp? latest = null)
    {
        var table = new JoinTable(new StateReader(state), renaming.First.Replica);
        var context = renaming.Of(ContextOf(state));
        while (true)
        {
            var writer = new WireWriter(state.Length + ReplicaId.Size + 16);
            new RenamePass(renaming, latest, table).Write(ref writer, new StateReader(state), context);
            // As in a join, numbers move up where a replica isn't mentioned any more.
            if (!table.DropUnused()) return writer.Finish();
            writer.Dispose();
        }
    }

    /// <summary>The latest time in the writes of a state, but for those that an exception names; 0 where none has a time. O(bytes).</summary>
    /// <exception cref="WireFormatException">The state is not in canonical form.</exception>
    public static Stamp LatestStamp(ReadOnlySpan<byte> state, DotRange? except = null)
    {
        var parts = new StateReader(state);
        var latest = default(Stamp);
        while (parts.MoveNext())
        {
            if (!PayloadStamps.Has(parts.Kind)) continue;
            if (GrammarOf(parts.Kind) == FieldGrammar.DotFun)
            {
                latest = LatestOf(new DotReader(parts.Store(), parts.Table, hasPayload: true), parts.Kind, except, latest);
                continue;
            }

            var keys = new KeyedDotsReader(parts.Store());
            while (keys.MoveNext()) latest = LatestOf(new DotReader(keys.DotsReader(), parts.Table, hasPayload: true), parts.Kind, except, latest);
        }

        return latest;
    }

    private static Stamp LatestOf(DotReader dots, FieldKind kind, DotRange? except, Stamp latest)
    {
        while (dots.MoveNext())
        {
            if (except?.Contains(dots.Current) == true) continue;
            var stamp = PayloadStamps.Latest(kind, dots.PayloadReader());
            if (stamp.CompareTo(latest) > 0) latest = stamp;
        }

        return latest;
    }
}
