using Crdt.Browser.Interop;
using Crdt.Entities;

namespace Crdt.Browser.Storage;

/// <summary>Changes of records that become durable together.</summary>
internal sealed class RecordChanges
{
    private const int PutRecord = 0, DeleteRecord = 1, DeleteRange = 2;
    private readonly PackedWriter _packed = new();

    /// <summary>In the form in which the database takes them, and in which they can be kept.</summary>
    public Span<byte> Packed => _packed.Written;

    public bool IsEmpty => _packed.Written.IsEmpty;

    /// <summary>Puts a record, over the one with that key where there is one.</summary>
    /// <param name="store">Where; one without an index.</param>
    /// <param name="key">Its key.</param>
    /// <param name="record">What it says.</param>
    public void Put(RecordStore store, ReadOnlySpan<byte> key, ReadOnlySpan<byte> record)
    {
        Begin(PutRecord, store);
        _packed.Block(key);
        _packed.Block(record);
    }

    /// <summary>Puts a record that other keys lead to as well.</summary>
    /// <param name="store">Where; one with an index.</param>
    /// <param name="key">Its own key.</param>
    /// <param name="record">What it says.</param>
    /// <param name="keys">The other keys.</param>
    public void Put(RecordStore store, ReadOnlySpan<byte> key, ReadOnlySpan<byte> record, IReadOnlyCollection<byte[]> keys)
    {
        Put(store, key, record);
        _packed.Number(keys.Count);
        foreach (var other in keys) _packed.Block(other);
    }

    public void Delete(RecordStore store, ReadOnlySpan<byte> key)
    {
        Begin(DeleteRecord, store);
        _packed.Block(key);
    }

    public void Delete(RecordStore store, KeyRange range)
    {
        Begin(DeleteRange, store);
        RecordDatabase.Write(range, _packed);
    }

    /// <summary>Adds changes that were kept in their packed form.</summary>
    public void Append(ReadOnlySpan<byte> packed) => _packed.Append(packed);

    /// <summary>Puts an entity, with all keys that lead to it.</summary>
    public void PutEntity(EntityId id, EntityRecord record) => Put(RecordStore.Entity, id.Bytes, record.ToBytes(), record.KeysOf(id));

    private void Begin(int change, RecordStore store)
    {
        _packed.Number(change);
        _packed.Number((int)store);
    }
}
