using System.Buffers;
using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Schema;
using Crdt.Types;

namespace Crdt.Entities;

/// <content>To bytes and back; <see cref="EncodedEntity"/> has the grammar.</content>
public sealed partial class EntityState
{
    private const byte Format = 1;

    /// <summary>The whole state with identity and context, to be decoded elsewhere. O(state).</summary>
    /// <exception cref="InvalidOperationException">It exceeds <see cref="WireLimits.Frame"/>, beyond which nobody would decode it.</exception>
    public byte[] Encode()
    {
        var writer = new WireWriter(512);
        WriteStandalone(ref writer, Context);
        if (writer.Length > WireLimits.Frame) throw new InvalidOperationException($"This {Type.Name} takes {writer.Length} bytes; the limit is {WireLimits.Frame}. Remove some of it first.");
        return writer.Finish();
    }

    /// <summary>
    /// What this copy has seen, written or merged since this was last called, as a delta with identity and context. Deltas
    /// may arrive in any order, twice, or not at all where a later full state does.
    /// </summary>
    public byte[] TakeDelta()
    {
        var writer = new WireWriter(256);
        Within(Pending).WriteStandalone(ref writer, Pending);
        Pending = new();
        return writer.Finish();
    }

    /// <summary>The identity in an encoded entity or delta.</summary>
    /// <exception cref="WireFormatException">The bytes are no encoded entity.</exception>
    public static EntityId ReadId(ReadOnlySpan<byte> encoded)
    {
        ReadHead(encoded, out var id);
        return id;
    }

    /// <inheritdoc cref="ReadId(ReadOnlySpan{byte})"/>
    public static EntityId ReadId(in ReadOnlySequence<byte> encoded)
    {
        using var whole = new ContiguousBytes(encoded);
        return ReadId(whole.Span);
    }

    /// <summary>The identity in an encoded entity or delta of a given type.</summary>
    /// <exception cref="WireFormatException">The bytes are no encoded entity of this type.</exception>
    public static EntityId ReadId(ReadOnlySpan<byte> encoded, EntityType type)
    {
        ReadHead(encoded, out var id);
        return EntityId.Read(id.Bytes, type, origin: 1);
    }

    /// <inheritdoc cref="ReadId(ReadOnlySpan{byte}, EntityType)"/>
    public static EntityId ReadId(in ReadOnlySequence<byte> encoded, EntityType type)
    {
        using var whole = new ContiguousBytes(encoded);
        return ReadId(whole.Span, type);
    }

    /// <summary>Reads what <see cref="Encode"/> or <see cref="TakeDelta"/> wrote into this entity, of which nothing may be known yet.</summary>
    /// <exception cref="WireFormatException">The bytes are no encoded entity, or another one's.</exception>
    public void Decode(ReadOnlySpan<byte> encoded)
    {
        var reader = ReadHead(encoded, out var id);
        if (id != Id) throw new WireFormatException($"these are the bytes of another entity, {id}", 1);
        if (!Context.IsEmpty) throw new InvalidOperationException($"This {Type.Name} holds a state already; decode into a new one and merge it.");
        var context = EncodedEntity.ReadStandalone(reader.Rest, reader.Offset);
        ReadParts(new(reader.Rest, reader.Offset));
        Context = context;
        // This copy has shipped nothing yet, whatever the one that was encoded has.
        Pending = context.Clone();
    }

    /// <inheritdoc cref="Decode(ReadOnlySpan{byte})"/>
    public void Decode(in ReadOnlySequence<byte> encoded)
    {
        using var whole = new ContiguousBytes(encoded);
        Decode(whole.Span);
    }

    /// <summary>Whether both are the same entity with the same writes in force, whatever else either has seen. O(state).</summary>
    public bool HasSameValue(EntityState other)
    {
        if (other.Id != Id) return false;
        var mine = new WireWriter(256);
        var theirs = new WireWriter(256);
        WriteState(ref mine, context: null);
        other.WriteState(ref theirs, context: null);
        var same = mine.Written.SequenceEqual(theirs.Written);
        mine.Dispose();
        theirs.Dispose();
        return same;
    }

    /// <summary>The state without identity, and without context where <paramref name="context"/> is null. See <see cref="EncodedEntity"/>.</summary>
    internal void WriteState(ref WireWriter writer, Kernel.CausalContext? context)
    {
        var table = new ReplicaTable();
        CollectReplicas(table, context);
        writer.WriteVarint((ulong)table.Count);
        for (var i = 0; i < table.Count; i++) writer.WriteReplica(table[i]);
        var mark = writer.BeginBlock();
        if (context is not null) EntityCodec.WriteRanges(ref writer, table, context);
        writer.EndBlock(mark);
        mark = writer.BeginBlock();
        EntityCodec.WriteDots(ref writer, table, Liveness);
        writer.EndBlock(mark);
        if (_unknown.Count == 0)
        {
            foreach (var field in _fields) WriteField(ref writer, table, field);
        }
        else
        {
            foreach (var field in AllFields.OrderBy(field => field.Id)) WriteField(ref writer, table, field);
        }
    }

    /// <summary>Reads a row whose context is the vector of its replica.</summary>
    internal void ReadRow(ReadOnlySpan<byte> row, VersionVector vector)
    {
        ReadState(row);
        Context.UnionWith(vector);
    }

    internal void ReadState(ReadOnlySpan<byte> state, int origin = 0)
    {
        EncodedEntity.Inspect(state, origin);
        var parts = new StateReader(state, origin);
        var context = parts.ReadContext();
        ReadParts(parts);
        Context = context;
    }

    /// <summary>Reads liveness and fields, of which nothing may be known yet. Where they are refused, nothing is known afterwards either.</summary>
    private void ReadParts(StateReader parts)
    {
        try
        {
            ReadStores(parts);
        }
        catch (WireFormatException)
        {
            Liveness = default;
            foreach (var field in _fields) field.Clear();
            _unknown.Clear();
            throw;
        }
    }

    private void ReadStores(StateReader parts)
    {
        Liveness = EntityCodec.ReadDots(parts.Liveness(), parts.Table);
        var next = 0;
        while (parts.MoveNext())
        {
            while (next < _fields.Length && _fields[next].Id < parts.FieldId) next++;
            var known = next < _fields.Length && _fields[next].Id == parts.FieldId;
            if (known && _fields[next].Kind != parts.Kind)
                throw parts.Store().Malformed($"'{Type.Name}.{Type.Fields[next].Name}' is a {_fields[next].Kind} here and a {parts.Kind} in these bytes");
            if (Type.IsConstrained && parts.FieldId == Connection.FieldId) Connection.RequireRegister(parts, Type);
            var field = known ? _fields[next] : UnknownField.Create(parts.Kind, parts.FieldId);
            field.Read(parts.Store(), parts.Table);
            if (!known) AddUnknown(field);
        }
    }

    private static void WriteField(ref WireWriter writer, ReplicaTable table, Field field)
    {
        if (field.IsEmpty) return;
        writer.WriteUInt32(field.Id);
        writer.WriteByte((byte)field.Kind);
        var mark = writer.BeginBlock();
        field.Write(ref writer, table);
        writer.EndBlock(mark);
    }

    private static WireReader ReadHead(ReadOnlySpan<byte> encoded, out EntityId id)
    {
        var reader = new WireReader(encoded);
        var format = reader.ReadByte();
        if (format != Format) throw new WireFormatException($"this is format {format} of an entity; this version of the library reads format {Format}", 0);
        var identity = reader.ReadBlock(WireLimits.Identity);
        id = EntityId.Read(identity, reader.Offset - identity.Length);
        return reader;
    }

    private void WriteStandalone(ref WireWriter writer, Kernel.CausalContext context)
    {
        writer.WriteByte(Format);
        writer.WriteBlock(Id.Bytes);
        WriteState(ref writer, context);
    }

    private void CollectReplicas(ReplicaTable table, Kernel.CausalContext? context)
    {
        if (context is not null)
        {
            foreach (var range in context.Ranges) table.Add(range.Replica);
        }

        foreach (ref readonly var entry in Liveness.Entries) table.Add(entry.Key.Replica);
        foreach (var field in _fields) field.CollectReplicas(table);
        foreach (var field in _unknown) field.CollectReplicas(table);
    }
}
