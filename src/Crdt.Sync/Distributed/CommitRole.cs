namespace Crdt.Sync.Distributed;

/// <summary>Which of its two machines a replica acts as.</summary>
internal enum CommitRole
{
    Coordinator,
    Participant,
}
