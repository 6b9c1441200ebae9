namespace Crdt.Sync.Commit;

/// <summary>Why somebody does not want a transaction to commit.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Text">The same for people; may be empty.</param>
/// <param name="Holder">With <see cref="RefusalReason.Reserved"/>, the transaction that holds the entity.</param>
public sealed record Refusal(RefusalReason Reason, string Text = "", TransactionId? Holder = null);
