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

    /// <summary>The store's half of its lease; null where it has none that can be read, which is a doubt like any other.</summary>
    public StoreLease? Lease => Find(LeaseKey) is { Length: LeaseSize } bytes
        ? new(BinaryPrimitives.ReadUInt128BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(16)))
        : null;

    /// <summary>Every id that the store has written under, oldest first.</summary>
    public IReadOnlyList<Incarnation> Incarnations => Find(IncarnationsKey) is { } bytes ? Incarnation.ReadAll(bytes) : [new(Replica, null, IncarnationReason.Created, 0)];

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
        foreach (var incarnation in incarnations) incarnation.Write(ref writer);
        Write(IncarnationsKey, writer.Finish());
    }
}
