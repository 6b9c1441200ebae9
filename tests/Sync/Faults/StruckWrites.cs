using Crdt.Sync.Sessions;

namespace Crdt.Tests.Sync.Faults;

/// <summary>The ways to sync, in which mode each runs, and which writes of a store it consists of, all of which have to be struck.</summary>
public static class StruckWrites
{
    public static TheoryData<Way, SyncMode?, string> OfWays { get; } = new()
    {
        { Way.Incremental, SyncMode.Incremental, "Commit WriteNote ForgetChanges" },
        { Way.CriticalFirst, SyncMode.Incremental, "Commit WriteNote" },
        { Way.Reconciled, SyncMode.Reconciled, "Commit WriteNote CutLog BeginBatch BatchWrite BatchCommit ForgetChanges" },
        { Way.Resumed, SyncMode.Reconciled, "Commit WriteNote CutLog BeginBatch BatchWrite BatchCommit DropStage" },
        { Way.Full, SyncMode.Full, "Commit WriteNote CutLog BeginBatch BatchWrite BatchCommit" },
        { Way.FullOfLargeRows, SyncMode.Full, "Commit WriteNote CutLog BeginBatch BatchWrite BatchCommit Stage DropStage" },
        { Way.ImportOfStates, null, "Commit WriteNote BeginBatch BatchWrite BatchCommit Stage DropStage" },
        { Way.ImportOfEvents, null, "Commit WriteNote" },
    };
}
