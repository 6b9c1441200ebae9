namespace Crdt.Sync.Sessions;

/// <summary>How far a session has come.</summary>
/// <param name="EventsSent">Events sent so far.</param>
/// <param name="EventsReceived">Events received and durable so far.</param>
public readonly record struct SyncProgress(long EventsSent, long EventsReceived);
