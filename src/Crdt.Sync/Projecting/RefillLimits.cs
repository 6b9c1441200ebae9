namespace Crdt.Sync.Projecting;

/// <summary>How much a graph database that is made anew takes at once.</summary>
/// <param name="Page">How many entities go into a batch.</param>
/// <param name="Changes">How many entities may change while it is being filled, and how many rows may depend on them; more, and it is filled again while the truth is held.</param>
internal readonly record struct RefillLimits(int Page, int Changes);
