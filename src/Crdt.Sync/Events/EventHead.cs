using Crdt.Clocks;

namespace Crdt.Sync.Events;

/// <summary>What an event begins with: whose it is, and its place among its origin's. It can be read where the rest is malformed.</summary>
/// <param name="Lane">The causal domain.</param>
/// <param name="Origin">Who is said to have committed it.</param>
/// <param name="First">The first of its dots.</param>
/// <param name="Last">The last of its dots.</param>
internal readonly record struct EventHead(string Lane, ReplicaId Origin, ulong First, ulong Last)
{
    /// <summary>Whether it names the hash of its origin's previous event, so that a signature of one covers those before.</summary>
    public bool IsLinked { get; init; }
}
