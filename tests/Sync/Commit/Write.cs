using Crdt.Sync.Commit;

namespace Crdt.Tests.Sync.Commit;

/// <summary>A record that a store is writing.</summary>
/// <param name="Record">The record.</param>
/// <param name="IsSilent">Whether the machine was told already that it is durable, which is a fault.</param>
internal sealed record Write(CommitRecord Record, bool IsSilent = false);
