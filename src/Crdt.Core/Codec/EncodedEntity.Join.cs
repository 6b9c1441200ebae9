using Crdt.Clocks;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Codec;

/// <content>The join of two encoded states: one pass over both, without types.</content>
public static partial class EncodedEntity
{
    /// <summary>Joins two states that carry their own contexts; the result carries the union. O(n + m).</summary>
    /// <exception cref="WireFormatException">One of them is not in canonical form.</exception>
    public static byte[] Join(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var (leftContext, rightContext) = (ContextOf(left), ContextOf(right));
        return Join(left, leftContext, right, rightContext, CausalContext.Union(leftContext, rightContext));
    }

    /// <summary>
    /// Joins two states whose contexts are kept elsewhere, such as a row under a replica's vector; the result carries none.
    /// Where a replica applies an event, its row's context is the vector before the event, and the other's is the delta's own.
    /// </summary>
    /// <exception cref="WireFormatException">One of them is not in canonical form.</exception>
    public static byte[] Join(ReadOnlySpan<byte> left, ICausalContext leftContext, ReadOnlySpan<byte> right, ICausalContext rightContext) =>
        Join(left, leftContext, right, rightContext, new CausalContext());

    /// <summary>The context that a state carries.</summary>
    /// <exception cref="WireFormatException">The bytes are no state.</exception>
    public static CausalContext ContextOf(ReadOnlySpan<byte> state) => new StateReader(state).ReadContext();

    private static byte[] Join(
        ReadOnlySpan<byte> left, ICausalContext leftContext, ReadOnlySpan<byte> right, ICausalContext rightContext, CausalContext context)
    {
        var table = new JoinTable(new StateReader(left), new StateReader(right));
        while (true)
        {
            var writer = new WireWriter(left.Length + right.Length + 16);
            var join = new JoinPass(leftContext, rightContext, table);
            join.Write(ref writer, new StateReader(left), new StateReader(right), context);
            // Mostly every replica is still mentioned. Where the last dot of one is gone, the numbers of the others
            // move up, and the pass is made once more.
            if (!table.DropUnused()) return writer.Finish();
            writer.Dispose();
        }
    }
}
