using Crdt.Clocks;

namespace Crdt.Kernel;

/// <summary>
/// A set of dots that were seen. A dot that a state lacks although its context contains it was removed; one that its
/// context does not contain is news.
/// </summary>
public interface ICausalContext
{
    /// <summary>Whether the write was seen.</summary>
    bool Contains(Dot dot);
}
