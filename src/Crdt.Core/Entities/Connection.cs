using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Kernel;
using Crdt.Schema;

namespace Crdt.Entities;

/// <summary>
/// When a relationship was last connected, and by whom: what decides where a multiplicity allows only one. It stands in a register
/// without a value that every connecting writes beside the liveness, whose dots carry no stamp.
/// </summary>
/// <param name="Stamp">The latest of the connections in force.</param>
/// <param name="Replica">Who made it.</param>
internal readonly record struct Connection(Stamp Stamp, ReplicaId Replica) : IComparable<Connection>
{
    /// <summary>The kind of the register, by which it merges.</summary>
    public const FieldKind Kind = FieldKind.Register;

    /// <summary>The number of the register. No field can be called that, so that only another name's hash can clash with it.</summary>
    public static uint FieldId { get; } = SchemaHash.Of("(connected)");

    /// <summary>The latest connection that a state holds. Of one that holds none, which only a peer in error sends, it is the default value, which loses to all others. O(bytes).</summary>
    public static Connection Read(ReadOnlySpan<byte> state)
    {
        var fields = new StateReader(state);
        while (fields.MoveNext())
        {
            if (fields.FieldId != FieldId || fields.Kind != Kind) continue;
            var latest = default(Connection);
            var writes = new DotReader(fields.Store(), fields.Table, hasPayload: true);
            while (writes.MoveNext())
            {
                var connection = new Connection(StampOf(writes.Payload), writes.Current.Replica);
                if (connection.CompareTo(latest) > 0) latest = connection;
            }

            return latest;
        }

        return default;
    }

    /// <summary>Demands that the field at hand, which has the number of the register, is one.</summary>
    /// <exception cref="WireFormatException">It is of another kind.</exception>
    public static void RequireRegister(in StateReader field, EntityType type)
    {
        if (field.Kind != Kind) throw field.Store().Malformed($"what tells when a '{type.Name}' was connected is a {Kind}, not a {field.Kind}");
    }

    /// <summary>The payload of a write of the register.</summary>
    public static byte[] Encode(in Write write)
    {
        var writer = new WireWriter(16);
        writer.WriteUInt64(write.Stamp.Value);
        writer.WriteByte((byte)(Types.Registers.RegisterFlags.Absent | (write.Offline ? Types.Registers.RegisterFlags.Offline : 0)));
        return writer.Finish();
    }

    /// <summary>The stamp in a payload of the register; the earliest where there is none, which only a peer in error writes.</summary>
    public static Stamp StampOf(ReadOnlySpan<byte> payload) => payload.Length < sizeof(ulong) ? default : new(new WireReader(payload).ReadUInt64());

    /// <summary>By stamp, then by replica.</summary>
    public int CompareTo(Connection other)
    {
        var order = Stamp.CompareTo(other.Stamp);
        return order != 0 ? order : Replica.CompareTo(other.Replica);
    }
}
