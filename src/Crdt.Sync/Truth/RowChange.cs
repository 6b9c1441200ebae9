using Crdt.Storage;

namespace Crdt.Sync.Truth;

/// <summary>A row that changes.</summary>
/// <param name="Write">What it becomes.</param>
/// <param name="Before">What it was; empty where there was none.</param>
internal readonly record struct RowChange(EntityWrite Write, ReadOnlyMemory<byte> Before);
