using Crdt.Clocks;

namespace Crdt.Storage;

/// <summary>One event as the log keeps it.</summary>
/// <param name="Lane">The lane that it belongs to.</param>
/// <param name="Origin">Who committed it.</param>
/// <param name="First">The first of its dots.</param>
/// <param name="Last">The last of its dots.</param>
/// <param name="Bytes">Its wire form, as received or committed.</param>
public sealed record StoredEvent(string Lane, ReplicaId Origin, ulong First, ulong Last, ReadOnlyMemory<byte> Bytes);
