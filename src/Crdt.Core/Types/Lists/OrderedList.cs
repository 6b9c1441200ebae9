using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Types.Lists;

/// <summary>
/// A list that keeps its order while several replicas insert, move, replace and remove at once. What one replica inserts in
/// a row stays together. An item that was moved twice concurrently is where the later move put it, once; one that was moved here
/// and replaced there is both; one that is removed while another replica moves or replaces it stays.
/// </summary>
/// <remarks>
/// Items live under the dot that inserted them, each with a <see cref="ListPosition"/>. Reading after a merge sorts once, O(n log n);
/// a local change is O(n) at worst, as in any list over an array.
/// </remarks>
/// <typeparam name="T">The items.</typeparam>
/// <typeparam name="TCodec">Their canonical bytes.</typeparam>
/// <param name="schema">The field that this is.</param>
public sealed partial class OrderedList<T, TCodec>(FieldSchema schema)
    : DotMapField<Dot, ListItem<T>>(FieldKind.List, schema.Id, EqualityComparer<Dot>.Default), IOrderedList<T>
    where T : notnull
    where TCodec : IValueCodec<T>
{
    // The order of the store's items. Null after a merge, until somebody asks.
    private List<Entry>? _order;

    /// <inheritdoc cref="ICollection{T}.Count"/>
    public int Count => Store.Count;

    /// <inheritdoc/>
    public bool IsReadOnly => !Entity.IsWritable;

    private List<Entry> Order => _order ??= Sorted();

    /// <inheritdoc cref="IList{T}.this"/>
    public T this[int index]
    {
        get => Order[index].Item.Value;
        set
        {
            ExactForm.Require<T, TCodec>(value, schema, "item");
            var (id, item) = Order[index];
            var write = Replacing(id);
            Put(index, id, write, item with { Changed = write.Stamp, Value = TCodec.Own(value) });
        }
    }

    /// <inheritdoc/>
    public void Insert(int index, T item)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, Count);
        ExactForm.Require<T, TCodec>(item, schema, "item");
        if (Count >= WireLimits.Items) throw new InvalidOperationException($"'{schema.Name}' holds {WireLimits.Items} items, which is the limit.");
        Entity.RequireWritable();
        var write = Entity.BeginWrite();
        var inserted = new ListItem<T>(write.Stamp, Between(index, Count, write.Dot), write.Stamp, TCodec.Own(item));
        Order.Insert(index, new(write.Dot, inserted));
        Store[write.Dot] = new(write.Dot, inserted);
        Entity.Notify(this);
    }

    /// <inheritdoc/>
    public void Move(int from, int to)
    {
        var (id, item) = Order[from];
        ArgumentOutOfRangeException.ThrowIfNegative(to);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(to, Count);
        var write = Replacing(id);
        var moved = item with { Moved = write.Stamp, Position = Between(to, from, write.Dot) };
        Order.RemoveAt(from);
        Order.Insert(to, new(id, moved));
        Put(to, id, write, moved);
    }

    /// <inheritdoc/>
    public void RemoveAt(int index)
    {
        var (id, _) = Order[index];
        Entity.BeginRemoval();
        Entity.Supersede(Store[id]);
        Order.RemoveAt(index);
        Store[id] = default;
        Entity.Notify(this);
    }

    internal override void Apply(in FieldOperation operation)
    {
        switch (operation.Verb)
        {
            case FieldVerb.Insert: Insert(operation.Index, operation.ReadValue<T, TCodec>()); break;
            case FieldVerb.Replace: this[operation.Index] = operation.ReadValue<T, TCodec>(); break;
            case FieldVerb.Move: Move(operation.Index, operation.To); break;
            case FieldVerb.Remove: RemoveAt(operation.Index); break;
            default: throw operation.Unfit(this);
        }
    }

    private protected override void OnStoreReplaced() => _order = null;

    private protected override DotMapField<Dot, ListItem<T>> NewEmpty() => new OrderedList<T, TCodec>(schema);

    /// <summary>A position at an index of the list as it is without the item at <paramref name="without"/>.</summary>
    private ListPosition Between(int index, int without, Dot dot)
    {
        return ListPosition.Between(At(index - 1), At(index), dot);

        ListPosition? At(int place)
        {
            var actual = place < without ? place : place + 1;
            return place < 0 || actual >= Order.Count ? null : Order[actual].Item.Position;
        }
    }

    private Write Replacing(Dot id)
    {
        Entity.RequireWritable();
        foreach (ref readonly var entry in Store[id].Entries)
        {
            Entity.Author.Observe(entry.Value.Moved);
            Entity.Author.Observe(entry.Value.Changed);
        }

        return Entity.BeginWrite();
    }

    private void Put(int index, Dot id, in Write write, ListItem<T> item)
    {
        Entity.Supersede(Store[id]);
        Store[id] = new(write.Dot, item);
        Order[index] = new(id, item);
        Entity.Notify(this);
    }

    private List<Entry> Sorted()
    {
        var order = new List<Entry>(Store.Count);
        foreach (var (id, writes) in Store.Entries) order.Add(new(id, Resolve(writes)));
        order.Sort((left, right) =>
        {
            var byPosition = left.Item.Position.CompareTo(right.Item.Position);
            return byPosition != 0 ? byPosition : left.Id.CompareTo(right.Id);
        });
        return order;
    }

    /// <summary>Where the last move put it, as what the last change made it.</summary>
    private static ListItem<T> Resolve(DotFun<ListItem<T>> writes)
    {
        var resolved = writes.Entries[0].Value;
        foreach (ref readonly var entry in writes.Entries[1..])
        {
            // Entries ascend by dot, so ties go to the highest (replica, number).
            var write = entry.Value;
            if (write.Moved.CompareTo(resolved.Moved) >= 0) resolved = resolved with { Moved = write.Moved, Position = write.Position };
            if (write.Changed.CompareTo(resolved.Changed) >= 0) resolved = resolved with { Changed = write.Changed, Value = write.Value };
        }

        return resolved;
    }

    /// <summary>An item with what it is called everywhere: the dot that inserted it.</summary>
    private readonly record struct Entry(Dot Id, ListItem<T> Item);
}
