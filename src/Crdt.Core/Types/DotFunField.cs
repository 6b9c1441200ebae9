using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Types;

/// <summary>A field whose writes carry a payload each: registers and counters.</summary>
/// <typeparam name="T">The payload.</typeparam>
public abstract class DotFunField<T> : Field
{
    private protected DotFunField(FieldKind kind, uint id)
        : base(kind, id)
    {
    }

    /// <summary>The writes in force.</summary>
    internal DotFun<T> Store { get; set; }

    internal sealed override bool IsEmpty => Store.IsEmpty;

    internal sealed override void CollectDots(CausalContext context) => Store.CollectDots(context);

    internal sealed override void CollectDots(List<Clocks.Dot> dots) => Store.CollectDots(dots);

    internal sealed override void CollectReplicas(ReplicaTable table)
    {
        foreach (ref readonly var entry in Store.Entries) table.Add(entry.Key.Replica);
    }

    internal sealed override void Clear() => Store = default;

    internal sealed override void Join(ICausalContext myContext, Field theirs, ICausalContext theirContext, List<Clocks.Dot> removed) =>
        Store = DotFun<T>.Join(Store, myContext, ((DotFunField<T>)theirs).Store, theirContext, removed);

    internal sealed override Field Within(ICausalContext context)
    {
        var part = NewEmpty();
        part.Store = Store.Within(context);
        return part;
    }

    internal sealed override void Write(ref WireWriter writer, ReplicaTable table)
    {
        foreach (ref readonly var entry in Store.Entries)
        {
            writer.WriteVarint((ulong)table.IndexOf(entry.Key.Replica));
            writer.WriteVarint(entry.Key.Counter);
            var mark = writer.BeginBlock();
            WritePayload(ref writer, entry.Value);
            writer.EndBlock(mark);
        }
    }

    internal sealed override void Read(WireReader reader, ReadOnlySpan<byte> table)
    {
        var dots = new DotReader(reader, table, hasPayload: true);
        var entries = new KeyValuePair<Clocks.Dot, T>[dots.Count()];
        for (var i = 0; dots.MoveNext(); i++)
        {
            var payload = dots.PayloadReader();
            entries[i] = new(dots.Current, ReadPayload(ref payload));
            payload.End();
        }

        Store = DotFun<T>.Adopt(entries);
    }

    private protected abstract DotFunField<T> NewEmpty();

    private protected abstract void WritePayload(ref WireWriter writer, T payload);

    private protected abstract T ReadPayload(ref WireReader reader);
}
