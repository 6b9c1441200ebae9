using Crdt.Sync.Events;

namespace Crdt.Sync.Truth;

/// <summary>An event as a peer sent it. One that is neither read nor has a defect follows one of its origin that has.</summary>
/// <param name="Head">Whose it is, and its place.</param>
/// <param name="Bytes">Its wire form, a part of a frame.</param>
/// <param name="Event">The event; null where it is malformed or wasn't read.</param>
/// <param name="Defect">What is wrong with it; null where nothing is, or it wasn't read.</param>
internal sealed record ArrivedEvent(EventHead Head, ReadOnlyMemory<byte> Bytes, GraphEvent? Event, string? Defect)
{
    /// <summary>Its hash, where events of its origin are signed.</summary>
    public ReadOnlyMemory<byte> Hash { get; init; }
}
