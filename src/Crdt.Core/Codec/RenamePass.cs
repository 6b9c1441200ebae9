using Crdt.Clocks;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Codec;

/// <summary>
/// One pass over an encoded state that gives writes other names. Those that are renamed are in order among each other, and so are those that stay, so each store is
/// the merge of two walks over it.
/// </summary>
/// <param name="renaming">The names.</param>
/// <param name="latest">The bound of the times of what is renamed; null where there is none.</param>
/// <param name="table">The replicas of the result.</param>
internal readonly ref struct RenamePass(DotRenaming renaming, Stamp? latest, JoinTable table)
{
    public void Write(ref WireWriter writer, StateReader state, CausalContext context)
    {
        table.Write(ref writer);
        table.WriteRanges(ref writer, context);
        var mark = writer.BeginBlock();
        WriteDots(ref writer, new(state.Liveness(), state.Table, hasPayload: false), kind: null);
        writer.EndBlock(mark);
        while (state.MoveNext())
        {
            writer.WriteUInt32(state.FieldId);
            writer.WriteByte((byte)state.Kind);
            mark = writer.BeginBlock();
            WriteStore(ref writer, state);
            writer.EndBlock(mark);
        }
    }

    private void WriteStore(ref WireWriter writer, in StateReader state)
    {
        if (EncodedEntity.GrammarOf(state.Kind) == FieldGrammar.DotFun)
        {
            WriteDots(ref writer, new(state.Store(), state.Table, hasPayload: true), state.Kind);
            return;
        }

        var keys = new KeyedDotsReader(state.Store());
        while (keys.MoveNext())
        {
            writer.WriteBlock(keys.Key);
            var mark = writer.BeginBlock();
            WriteDots(ref writer, new(keys.DotsReader(), state.Table, EncodedEntity.HasPayload(state.Kind)), EncodedEntity.HasPayload(state.Kind) ? state.Kind : null);
            writer.EndBlock(mark);
        }
    }

    /// <param name="writer">Where they go.</param>
    /// <param name="dots">The dots.</param>
    /// <param name="kind">The kind of the field whose payloads they carry; null where they carry none.</param>
    private void WriteDots(ref WireWriter writer, DotReader dots, FieldKind? kind)
    {
        var kept = dots;
        var renamed = dots;
        var (hasKept, hasRenamed) = (GoOn(ref kept, isRenamed: false), GoOn(ref renamed, isRenamed: true));
        while (hasKept || hasRenamed)
        {
            var order = !hasKept ? 1 : !hasRenamed ? -1 : kept.Current.CompareTo(renaming.Of(renamed.Current));
            if (order == 0) throw new ArgumentException($"The name {kept.Current} is taken.", nameof(dots));
            WriteDot(ref writer, order < 0 ? kept : renamed, kind, isRenamed: order > 0);
            if (order < 0) hasKept = GoOn(ref kept, isRenamed: false);
            else hasRenamed = GoOn(ref renamed, isRenamed: true);
        }
    }

    private bool GoOn(ref DotReader dots, bool isRenamed)
    {
        while (dots.MoveNext())
        {
            if (renaming.Former.Contains(dots.Current) == isRenamed) return true;
        }

        return false;
    }

    private void WriteDot(ref WireWriter writer, in DotReader dots, FieldKind? kind, bool isRenamed)
    {
        var dot = renaming.Of(dots.Current);
        writer.WriteVarint(table.Use(dot.Replica));
        writer.WriteVarint(dot.Counter);
        if (kind is null) return;
        if (!isRenamed || latest is null || !PayloadStamps.Has(kind.Value))
        {
            writer.WriteBlock(dots.Payload);
            return;
        }

        var mark = writer.BeginBlock();
        PayloadStamps.WriteBounded(ref writer, kind.Value, dots.PayloadReader(), latest.Value);
        writer.EndBlock(mark);
    }
}
