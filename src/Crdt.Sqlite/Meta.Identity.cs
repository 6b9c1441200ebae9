using System.Buffers.Binary;
using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Sqlite.Leases;
using Crdt.Storage;

namespace Crdt.Sqlite;

/// <summary>Under which ids the store has written, and its half of the lease.</summary>
internal sealed partial class Meta
{
    private const string LeaseKey = "lease", IncarnationsKey = "incarnations";
    private const int LeaseSize = 24;

    /// <summary>The milliseconds from 1970 to the end of the year 9999.</summary>
    private const ulong MaxTime = 253_402_300_799_999;

    /// <summary>The store's half of its lease; null where it has none that can be read, which is a doubt like any other.</summary>
    public StoreLease? Lease => Find(LeaseKey) is { Length: LeaseSize } bytes
        ? new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(16)))
        : null;

    /// <summary>Every id that the store has written under, oldest first.</summary>
    public IReadOnlyList<Incarnation> Incarnations => Find(IncarnationsKey) is { } bytes ? ReadIncarnations(bytes) : [new(Replica, null, IncarnationReason.Created, 0)];

    public void WriteLease(StoreLease lease)
    {
        var bytes = new byte[LeaseSize];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, lease.Place);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), lease.Opening);
        Write(LeaseKey, bytes);
    }

    /// <summary>Says when the first incarnation began.</summary>
    public void BeginIncarnations(DateTimeOffset now) => WriteIncarnations([new(Replica, now, IncarnationReason.Created, 0)]);

    /// <summary>Leaves the id that the store had for another one.</summary>
    public void Reincarnate(Incarnation incarnation)
    {
        var bytes = new byte[ReplicaId.Size];
        WriteIncarnations([.. Incarnations, incarnation]);
        incarnation.Replica.Write(bytes);
        Write(ReplicaKey, bytes);
    }

    private void WriteIncarnations(IReadOnlyList<Incarnation> incarnations)
    {
        var writer = new WireWriter(capacity: 256);
        foreach (var incarnation in incarnations)
        {
            writer.WriteReplica(incarnation.Replica);
            // A wall clock before 1970 must not make the store unreadable.
            writer.WriteVarint((ulong)Math.Max(0, incarnation.Began?.ToUnixTimeMilliseconds() ?? 0));
            writer.WriteVarint((ulong)incarnation.Reason);
            writer.WriteVarint((ulong)incarnation.Revision);
        }

        Write(IncarnationsKey, writer.Finish());
    }

    private static List<Incarnation> ReadIncarnations(byte[] bytes)
    {
        var reader = new WireReader(bytes);
        var incarnations = new List<Incarnation>();
        while (reader.Remaining > 0)
        {
            var replica = reader.ReadReplica();
            var (began, reason, revision) = (reader.ReadVarint(), reader.ReadVarint(), reader.ReadVarint());
            if (began > MaxTime || reason > byte.MaxValue || revision > long.MaxValue) throw reader.Malformed("an incarnation of the store can't be read");
            incarnations.Add(new(replica, began == 0 ? null : DateTimeOffset.UnixEpoch.AddMilliseconds(began), (IncarnationReason)reason, (long)revision));
        }

        return incarnations;
    }
}
