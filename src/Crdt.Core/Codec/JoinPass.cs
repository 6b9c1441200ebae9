using Crdt.Clocks;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Codec;

/// <summary>One pass of the join over two encoded states. What survives is written as it comes.</summary>
/// <param name="leftContext">What the left side has seen.</param>
/// <param name="rightContext">What the right side has seen.</param>
/// <param name="table">The replicas of the result.</param>
internal readonly ref struct JoinPass(ICausalContext leftContext, ICausalContext rightContext, JoinTable table)
{
    public void Write(ref WireWriter writer, StateReader left, StateReader right, CausalContext context)
    {
        table.Write(ref writer);
        table.WriteRanges(ref writer, context);
        var mark = writer.BeginBlock();
        WriteDots(ref writer, new(left.Liveness(), left.Table, hasPayload: false), new(right.Liveness(), right.Table, hasPayload: false), hasPayload: false);
        writer.EndBlock(mark);
        WriteFields(ref writer, left, right);
    }

    private void WriteFields(ref WireWriter writer, StateReader left, StateReader right)
    {
        var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
        while (hasLeft || hasRight)
        {
            var order = !hasLeft ? 1 : !hasRight ? -1 : left.FieldId.CompareTo(right.FieldId);
            if (order == 0 && left.Kind != right.Kind)
                throw right.Store().Malformed($"field {left.FieldId:x8} is a {left.Kind} on one side and a {right.Kind} on the other");
            WriteField(ref writer, left, right, order);
            if (order <= 0) hasLeft = left.MoveNext();
            if (order >= 0) hasRight = right.MoveNext();
        }
    }

    private void WriteField(ref WireWriter writer, in StateReader left, in StateReader right, int order)
    {
        var start = writer.Length;
        var kind = order <= 0 ? left.Kind : right.Kind;
        writer.WriteUInt32(order <= 0 ? left.FieldId : right.FieldId);
        writer.WriteByte((byte)kind);
        var mark = writer.BeginBlock();
        var leftStore = order <= 0 ? left.Store() : default;
        var rightStore = order >= 0 ? right.Store() : default;
        var grammar = EncodedEntity.GrammarOf(kind);
        if (grammar == FieldGrammar.DotFun)
            WriteDots(ref writer, new(leftStore, left.Table, hasPayload: true), new(rightStore, right.Table, hasPayload: true), hasPayload: true);
        else
            WriteKeys(ref writer, new(leftStore), left.Table, new(rightStore), right.Table, grammar == FieldGrammar.DotFunMap);
        if (writer.Length == mark) writer.Truncate(start);
        else writer.EndBlock(mark);
    }

    private void WriteKeys(
        ref WireWriter writer, KeyedDotsReader left, ReadOnlySpan<byte> leftTable, KeyedDotsReader right, ReadOnlySpan<byte> rightTable, bool hasPayload)
    {
        var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
        while (hasLeft || hasRight)
        {
            var order = !hasLeft ? 1 : !hasRight ? -1 : left.Key.SequenceCompareTo(right.Key);
            var start = writer.Length;
            writer.WriteBlock(order <= 0 ? left.Key : right.Key);
            var mark = writer.BeginBlock();
            var leftDots = new DotReader(order <= 0 ? left.DotsReader() : default, leftTable, hasPayload);
            var rightDots = new DotReader(order >= 0 ? right.DotsReader() : default, rightTable, hasPayload);
            WriteDots(ref writer, leftDots, rightDots, hasPayload);
            if (writer.Length == mark) writer.Truncate(start);
            else writer.EndBlock(mark);
            if (order <= 0) hasLeft = left.MoveNext();
            if (order >= 0) hasRight = right.MoveNext();
        }
    }

    private void WriteDots(ref WireWriter writer, DotReader left, DotReader right, bool hasPayload)
    {
        var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
        while (hasLeft || hasRight)
        {
            var order = !hasLeft ? 1 : !hasRight ? -1 : left.Current.CompareTo(right.Current);
            if (order == 0)
            {
                // Honest replicas never give one dot two payloads. Where one did, all still choose the same.
                WriteDot(ref writer, left.Payload.SequenceCompareTo(right.Payload) >= 0 ? left : right, hasPayload);
                (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
            }
            else if (order < 0)
            {
                if (!rightContext.Contains(left.Current)) WriteDot(ref writer, left, hasPayload);
                hasLeft = left.MoveNext();
            }
            else
            {
                if (!leftContext.Contains(right.Current)) WriteDot(ref writer, right, hasPayload);
                hasRight = right.MoveNext();
            }
        }
    }

    private void WriteDot(ref WireWriter writer, in DotReader dots, bool hasPayload)
    {
        writer.WriteVarint(table.Use(dots.Current.Replica));
        writer.WriteVarint(dots.Current.Counter);
        if (hasPayload) writer.WriteBlock(dots.Payload);
    }
}
