using Crdt.Schema;

namespace Crdt.Sync.Sessions;

/// <summary>
/// A session was not begun, because the peer knows types or fields that this replica doesn't, and <see cref="SyncOptions.RequiresKnownTypes"/> asks for them. Open the replica with the
/// <see cref="GraphSchema.Union"/> of both schemas, and sync again.
/// </summary>
/// <param name="schema">What the peer knows.</param>
/// <param name="message">What happened, and what helps.</param>
public sealed class UnknownTypesException(GraphSchema schema, string message) : SessionException(SessionEnd.Outdated, message)
{
    /// <summary>What the peer knows.</summary>
    public GraphSchema Schema { get; } = schema;
}
