namespace Crdt.Tests.Simulation.Worlds;

/// <summary>The way between two replicas for one session. It keeps the order of frames and loses none, or breaks; unless it is tampered with.</summary>
internal sealed class Link
{
    public Link(int number, Peer left, Peer right)
    {
        (Number, Left, Right) = (number, new(this, left), new(this, right));
        (Left.Other, Right.Other) = (Right, Left);
    }

    public int Number { get; }

    public LinkEnd Left { get; }

    public LinkEnd Right { get; }

    public bool IsBroken { get; private set; }

    /// <summary>Whether a frame was lost, doubled, altered or overtaken.</summary>
    public bool IsTampered { get; private set; }

    /// <summary>What becomes of the next frame of events: 0 it is doubled, 1 it is lost, 4 the one behind it overtakes it.</summary>
    public int? Awaited { get; set; }

    /// <summary>Whether anything happened that the session may fail of.</summary>
    public bool MayFail => IsBroken || IsTampered || Left.Peer.WasHindered || Right.Peer.WasHindered || Left.IsDead || Right.IsDead || WasAbandoned;

    /// <summary>Whether a log was cut off meanwhile that the session may have had to send.</summary>
    public bool WasCut { get; set; }

    /// <summary>Whether one of the replicas went away meanwhile.</summary>
    public bool WasAbandoned { get; set; }

    /// <summary>How many frames have arrived.</summary>
    public int Frames { get; set; }

    public bool IsOver => Left.IsClosed && Right.IsClosed;

    public override string ToString() => $"session {Number} of {Left.Peer.Name} and {Right.Peer.Name}";

    /// <summary>Takes note that a frame did what no transport should let it do.</summary>
    public void Tamper() => (IsTampered, Left.Peer.WasMisled, Right.Peer.WasMisled) = (true, true, true);

    public void Break()
    {
        IsBroken = true;
        Left.Break();
        Right.Break();
    }
}
