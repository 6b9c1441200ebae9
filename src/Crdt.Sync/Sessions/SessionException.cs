namespace Crdt.Sync.Sessions;

/// <summary>A session with a peer ended before both sides had everything. What was applied until then is kept.</summary>
/// <param name="reason">The kind of reason.</param>
/// <param name="message">What happened, and what helps.</param>
public class SessionException(SessionEnd reason, string message) : Exception(message)
{
    /// <summary>The kind of reason.</summary>
    public SessionEnd Reason { get; } = reason;
}
