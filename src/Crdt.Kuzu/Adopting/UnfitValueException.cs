namespace Crdt.Kuzu.Adopting;

/// <summary>A value of the adopted database that the replica can't hold. It is left out, and counted.</summary>
/// <param name="reason">Why, as a sentence without its full stop.</param>
internal sealed class UnfitValueException(string reason) : Exception(reason);
