namespace Crdt.Sync.Gossip;

/// <summary>A peer was reached, and doesn't take the connection.</summary>
/// <param name="kind">What kind of reason it is: <c>Unauthorized</c>, <c>Forbidden</c>, <c>NotFound</c>, <c>Busy</c> or <c>NoReplica</c>.</param>
/// <param name="message">What happened, and what helps.</param>
/// <param name="inner">How it showed.</param>
public sealed class PeerRefusedException(string kind, string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>What kind of reason it is.</summary>
    public string Kind { get; } = kind;
}
