namespace Crdt.Sync.Commit;

/// <summary>What a machine made of an event: itself afterwards, and what is to be done, in this order.</summary>
/// <param name="Next">The machine afterwards; the one before is unchanged.</param>
/// <param name="Actions">What its driver is to do.</param>
/// <typeparam name="T">The machine.</typeparam>
internal readonly record struct CommitStep<T>(T Next, params IReadOnlyList<CommitAction> Actions);
