using System.Runtime.InteropServices;
using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Types;

/// <summary>A field whose writes hold keys: observed-remove sets.</summary>
/// <typeparam name="TKey">The keys.</typeparam>
public abstract class DotMapField<TKey> : Field
    where TKey : notnull
{
    private protected DotMapField(FieldKind kind, uint id, IEqualityComparer<TKey> comparer)
        : base(kind, id) => Store = new(comparer);

    /// <summary>The keys in force.</summary>
    internal DotMap<TKey> Store { get; }

    internal sealed override bool IsEmpty => Store.Count == 0;

    internal sealed override void CollectDots(CausalContext context) => Store.CollectDots(context);

    internal sealed override void CollectReplicas(ReplicaTable table)
    {
        foreach (var dots in Store.Entries.Values)
        {
            foreach (ref readonly var entry in dots.Entries) table.Add(entry.Key.Replica);
        }
    }

    internal sealed override void Clear() => Store.Clear();

    internal sealed override void Join(ICausalContext myContext, Field theirs, ICausalContext theirContext, List<Dot> removed) =>
        Store.Join(myContext, ((DotMapField<TKey>)theirs).Store, theirContext, removed);

    internal sealed override Field Within(ICausalContext context)
    {
        var part = NewEmpty();
        foreach (var (key, dots) in Store.Entries) part.Store[key] = dots.Within(context);
        return part;
    }

    internal sealed override void Write(ref WireWriter writer, ReplicaTable table)
    {
        foreach (var (bytes, dots) in InByteOrder())
        {
            writer.WriteBlock(bytes);
            var mark = writer.BeginBlock();
            EntityCodec.WriteDots(ref writer, table, dots);
            writer.EndBlock(mark);
        }
    }

    internal sealed override void Read(WireReader reader, ReadOnlySpan<byte> table)
    {
        Store.Clear();
        var keys = new KeyedDotsReader(reader);
        while (keys.MoveNext())
        {
            var keyReader = keys.KeyReader();
            var key = ReadKey(ref keyReader);
            keyReader.End();
            if (!Store[key].IsEmpty) throw keyReader.Malformed("a key occurs twice");
            Store[key] = EntityCodec.ReadDots(keys.DotsReader(), table);
        }
    }

    /// <summary>The keys as canonical bytes, in the order of those. O(n log n).</summary>
    private protected List<(byte[] Key, DotFun<Presence> Dots)> InByteOrder()
    {
        var sorted = new List<(byte[] Key, DotFun<Presence> Dots)>(Store.Count);
        foreach (var (key, dots) in Store.Entries)
        {
            var writer = new WireWriter(64);
            WriteKey(ref writer, key);
            sorted.Add((writer.Finish(), dots));
        }

        CollectionsMarshal.AsSpan(sorted).Sort((left, right) => left.Key.AsSpan().SequenceCompareTo(right.Key));
        return sorted;
    }

    private protected abstract DotMapField<TKey> NewEmpty();

    private protected abstract void WriteKey(ref WireWriter writer, TKey key);

    private protected abstract TKey ReadKey(ref WireReader reader);
}
