using System.Runtime.InteropServices;
using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Types;

/// <summary>A field whose writes hold keys: observed-remove sets, maps and lists.</summary>
/// <typeparam name="TKey">The keys.</typeparam>
/// <typeparam name="T">What a write carries beside its key; <see cref="Presence"/> where it carries nothing.</typeparam>
public abstract class DotMapField<TKey, T> : Field
    where TKey : notnull
{
    private protected DotMapField(FieldKind kind, uint id, IEqualityComparer<TKey> comparer)
        : base(kind, id) => Store = new(comparer);

    /// <summary>The keys in force.</summary>
    internal DotMap<TKey, T> Store { get; }

    internal sealed override bool IsEmpty => Store.Count == 0;

    internal sealed override int ItemCount => Store.Count;

    private bool HasPayload => EncodedEntity.HasPayload(Kind);

    internal sealed override void CollectDots(CausalContext context) => Store.CollectDots(context);

    internal sealed override void CollectDots(List<Dot> dots) => Store.CollectDots(dots);

    internal sealed override void CollectReplicas(ReplicaTable table)
    {
        foreach (var dots in Store.Entries.Values)
        {
            foreach (ref readonly var entry in dots.Entries) table.Add(entry.Key.Replica);
        }
    }

    internal sealed override void Clear()
    {
        Store.Clear();
        OnStoreReplaced();
    }

    internal sealed override void Join(ICausalContext myContext, Field theirs, ICausalContext theirContext, List<Dot> removed)
    {
        Store.Join(myContext, ((DotMapField<TKey, T>)theirs).Store, theirContext, removed);
        OnStoreReplaced();
    }

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
            WriteDots(ref writer, table, dots);
            writer.EndBlock(mark);
        }
    }

    internal sealed override void Read(WireReader reader, ReadOnlySpan<byte> table)
    {
        Store.Clear();
        var keys = new KeyedDotsReader(reader);
        Store.Reserve(keys.Count());
        while (keys.MoveNext())
        {
            var keyReader = keys.KeyReader();
            var key = ReadKey(ref keyReader);
            keyReader.End();
            if (!Store[key].IsEmpty) throw keyReader.Malformed("a key occurs twice");
            Store[key] = ReadDots(keys.DotsReader(), table);
        }

        OnStoreReplaced();
    }

    /// <summary>The keys as canonical bytes, in the order of those. O(n log n).</summary>
    private protected List<(byte[] Key, DotFun<T> Dots)> InByteOrder()
    {
        var sorted = new List<(byte[] Key, DotFun<T> Dots)>(Store.Count);
        foreach (var (key, dots) in Store.Entries)
        {
            var writer = new WireWriter(64);
            WriteKey(ref writer, key);
            sorted.Add((writer.Finish(), dots));
        }

        CollectionsMarshal.AsSpan(sorted).Sort((left, right) => left.Key.AsSpan().SequenceCompareTo(right.Key));
        return sorted;
    }

    /// <summary>Called where the store has become another one as a whole, for fields that derive something from it.</summary>
    private protected virtual void OnStoreReplaced()
    {
    }

    private protected abstract DotMapField<TKey, T> NewEmpty();

    private protected abstract void WriteKey(ref WireWriter writer, TKey key);

    private protected abstract TKey ReadKey(ref WireReader reader);

    private protected abstract void WritePayload(ref WireWriter writer, T payload);

    private protected abstract T ReadPayload(ref WireReader reader);

    private void WriteDots(ref WireWriter writer, ReplicaTable table, DotFun<T> dots)
    {
        foreach (ref readonly var entry in dots.Entries)
        {
            writer.WriteVarint((ulong)table.IndexOf(entry.Key.Replica));
            writer.WriteVarint(entry.Key.Counter);
            if (!HasPayload) continue;
            var mark = writer.BeginBlock();
            WritePayload(ref writer, entry.Value);
            writer.EndBlock(mark);
        }
    }

    private DotFun<T> ReadDots(WireReader reader, ReadOnlySpan<byte> table)
    {
        var dots = new DotReader(reader, table, HasPayload);
        var entries = new KeyValuePair<Dot, T>[dots.Count()];
        for (var i = 0; dots.MoveNext(); i++)
        {
            var payload = dots.PayloadReader();
            entries[i] = new(dots.Current, ReadPayload(ref payload));
            payload.End();
        }

        return DotFun<T>.Adopt(entries);
    }
}
