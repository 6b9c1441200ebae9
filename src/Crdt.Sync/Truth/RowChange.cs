using Crdt.Storage;
using Crdt.Sync.Differences;

namespace Crdt.Sync.Truth;

/// <summary>A row that changes.</summary>
/// <param name="Write">What it becomes.</param>
/// <param name="Before">What it was; empty where there was none.</param>
internal readonly record struct RowChange(EntityWrite Write, ReadOnlyMemory<byte> Before)
{
    /// <summary>The digests of what it was and becomes, where they are known already.</summary>
    public (UInt128 Before, UInt128 After)? Digests { get; init; }

    /// <summary>The digests of what it was and becomes. O(bytes) where they are not known.</summary>
    public (UInt128 Before, UInt128 After) ToDigests() => Digests ?? (EntityDigest.OfRow(Write.Id, Before.Span), EntityDigest.OfRow(Write.Id, Write.State.Span));

    /// <summary>The same change with its digests known.</summary>
    public RowChange Digested() => this with { Digests = ToDigests() };
}
