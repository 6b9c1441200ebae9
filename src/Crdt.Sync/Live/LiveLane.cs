using Crdt.Clocks;
using Crdt.Sync.Signatures;

namespace Crdt.Sync.Live;

/// <summary>Where a link is with one lane.</summary>
/// <param name="name">The lane.</param>
/// <param name="peer">What the peer is known to have, or is about to be sent.</param>
internal sealed class LiveLane(string name, VersionVector peer)
{
    public string Name => name;

    public VersionVector Peer => peer;

    /// <summary>Whether events of it go to the peer.</summary>
    public bool Gives { get; set; }

    /// <summary>Whether events of it are taken from the peer.</summary>
    public bool Takes { get; init; }

    /// <summary>Whether only signed events are.</summary>
    public bool TakesSignedOnly { get; init; }

    /// <summary>What of the feed the peer believes.</summary>
    public SealedRuns Runs { get; init; } = new();

    /// <summary>Whether lanes that aren't so wait while the peer hasn't confirmed what it was sent of this one.</summary>
    public bool IsCritical { get; init; }

    /// <summary>The number in the feed of what is looked at next.</summary>
    public long Cursor { get; set; }

    /// <summary>The last of this replica's own dots that was sent.</summary>
    public ulong Own { get; set; }

    /// <summary>How many events the peer was last said to be behind.</summary>
    public long Behind { get; set; } = -1;

    /// <summary>For each frame that the peer has not confirmed: how many events, and the last of this replica's own dots.</summary>
    public Queue<(int Events, ulong Own)> Unconfirmed { get; } = new();
}
