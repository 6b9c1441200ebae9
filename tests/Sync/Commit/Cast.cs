using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Sync.Commit;
using Crdt.Sync.Events;

namespace Crdt.Tests.Sync.Commit;

/// <summary>Who takes part in the tests of the commit protocol, and in what.</summary>
internal static class Cast
{
    public static readonly ReplicaId Coordinator = new(100), Restored = new(101), Ann = new(1), Bob = new(2), Cem = new(3);

    public static readonly EntityId Entity = EntityId.Read([1, 0, 0, 0, 1, 1]), Other = EntityId.Read([1, 0, 0, 0, 1, 2]);

    public static readonly TransactionId Id = new(Coordinator, 1);

    public static readonly ReadOnlyMemory<byte> Event = EventCodec.Create("main", Coordinator, 1, 1, new(1), new(), []).Bytes;

    public static readonly CommitOptions Options = new();

    public static IReadOnlyList<ReplicaId> Participants(int count) => [.. new[] { Ann, Bob, Cem }.Take(count)];
}
