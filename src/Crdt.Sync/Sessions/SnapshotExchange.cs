using Crdt.Entities;
using Crdt.Storage;
using Crdt.Sync.Frames;

namespace Crdt.Sync.Sessions;

/// <summary>Freeze Rows* from the side that has something, and Joined from the one that was empty.</summary>
internal sealed class SnapshotExchange(string lane, LanePlan plan, BatchWire wire) : StateExchange(lane, wire)
{
    protected override bool Sends => plan.Sends;

    protected override bool Receives => plan.Receives;

    protected override bool AwaitsRows => true;

    public override IEnumerable<SessionAction> RowsRead(IReadOnlyList<StoredEntity> rows, EntityId? next) => Sender.Take(rows, next, isScan: true);

    protected override bool IsWhole => true;

    protected override IEnumerable<SessionAction> Begin()
    {
        if (plan.Sends) return Sender.SendAll();
        // It was empty when it introduced itself, and may have taken something over since that the peer knows to be gone.
        OnlyHere = Own.AllItems();
        return [];
    }

    protected override IEnumerable<SessionAction> Compare(Frame.OfLane frame) => throw Untimely(frame);
}
