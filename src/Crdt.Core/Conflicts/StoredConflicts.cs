using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Dynamic;
using Crdt.Schema;
using Crdt.Types.Registers;

namespace Crdt.Conflicts;

/// <summary>Reads the conflicts of an entity from its row, without a class.</summary>
internal static class StoredConflicts
{
    private const int ValueAt = sizeof(ulong) + 1;

    /// <summary>The registers and keys of maps that a rule had to choose in. O(bytes).</summary>
    public static List<FieldConflict> Of(EntityType type, ReadOnlySpan<byte> row)
    {
        var conflicts = new List<FieldConflict>();
        var fields = new StateReader(row);
        while (fields.MoveNext())
        {
            if (type.FindField(fields.FieldId) is not { } schema || schema.Kind != fields.Kind) continue;
            if (fields.Kind == FieldKind.Register) Add(conflicts, schema, default, fields.Store(), fields.Table);
            if (fields.Kind != FieldKind.Map) continue;
            var keys = new KeyedDotsReader(fields.Store());
            while (keys.MoveNext()) Add(conflicts, schema, keys.Key, keys.DotsReader(), fields.Table);
        }

        return conflicts;
    }

    private static void Add(List<FieldConflict> conflicts, FieldSchema schema, ReadOnlySpan<byte> key, WireReader store, ReadOnlySpan<byte> table)
    {
        if (!RegisterPayload.Differ(new DotReader(store, table, hasPayload: true))) return;
        try
        {
            var writes = WritesOf(schema, store, table);
            var (reads, winner) = Resolve(schema, writes, store, table);
            var name = schema.Kind == FieldKind.Map ? ValueReader.Decode(schema.Key!, new WireReader(key)) : null;
            conflicts.Add(new(schema, key.ToArray(), name, [.. writes.Select(write => write.Write)], reads, winner));
        }
        catch (WireFormatException)
        {
            // Some peer in error wrote what is no value of the field's type: there is nothing that a person could choose among. Any write replaces it.
        }
    }

    private static List<(ConflictingWrite Write, byte[] Bytes, bool IsAbsent)> WritesOf(FieldSchema schema, WireReader store, ReadOnlySpan<byte> table)
    {
        var writes = new List<(ConflictingWrite Write, byte[] Bytes, bool IsAbsent)>(2);
        var dots = new DotReader(store, table, hasPayload: true);
        while (dots.MoveNext())
        {
            var payload = dots.PayloadReader();
            var (stamp, flags) = (new Stamp(payload.ReadUInt64()), payload.ReadByte());
            var isAbsent = (flags & RegisterFlags.Absent) != 0;
            var value = isAbsent ? null : ValueReader.Decode(schema.Value, payload);
            writes.Add((new(dots.Current, stamp, (flags & RegisterFlags.Offline) != 0, value), dots.Payload[ValueAt..].ToArray(), isAbsent));
        }

        return writes;
    }

    private static (object? Reads, ConflictingWrite? Winner) Resolve(
        FieldSchema schema, List<(ConflictingWrite Write, byte[] Bytes, bool IsAbsent)> writes, WireReader store, ReadOnlySpan<byte> table)
    {
        var last = writes.MaxBy(write => (write.Write.Stamp, write.Write.Dot));
        if (schema.Rule is not { } rule) return (ReadOf(schema, last.IsAbsent, last.Bytes), last.Write);
        var resolved = new WireWriter(64);
        var isAbsent = !rule.Resolve(store, table, ref resolved);
        var bytes = resolved.Finish();
        // Several may have written what was chosen; the last of them stands for all.
        var chosen = writes.Where(write => write.IsAbsent == isAbsent && (isAbsent || write.Bytes.AsSpan().SequenceEqual(bytes))).ToList();
        return (ReadOf(schema, isAbsent, bytes), chosen.Count == 0 ? null : chosen.MaxBy(write => (write.Write.Stamp, write.Write.Dot)).Write);
    }

    private static object? ReadOf(FieldSchema schema, bool isAbsent, byte[] bytes)
    {
        if (!isAbsent) return ValueReader.Decode(schema.Value, new WireReader(bytes));
        return schema.Nullable || schema.Kind == FieldKind.Map ? null : ValueReader.Initial(schema.Value);
    }
}
