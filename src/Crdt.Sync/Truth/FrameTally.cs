using Crdt.Clocks;
using Crdt.Sync.Events;
using Crdt.Sync.Signatures;

namespace Crdt.Sync.Truth;

/// <summary>What becomes of the events of one frame.</summary>
internal sealed class FrameTally
{
    private ILookup<(ReplicaId, ulong, ulong), GraphEvent>? _places;

    /// <summary>Those that may be applied, or wait for others.</summary>
    public List<GraphEvent> Admitted { get; } = [];

    /// <summary>The origins in quarantine that were asked for, and whether a well-formed event of the place has come.</summary>
    public Dictionary<ReplicaId, bool> Mended { get; } = [];

    /// <summary>The malformed ones, also those that have waited since an earlier frame.</summary>
    public List<ArrivedEvent> Malformed { get; } = [];

    /// <summary>The heads of the chains that have come further with the frame.</summary>
    public Dictionary<ReplicaId, ChainHead> Heads { get; } = [];

    /// <summary>The origins of which nothing is taken, or not from this peer.</summary>
    public HashSet<ReplicaId> Unwanted { get; } = [];

    /// <summary>The origins of which an event contradicts what is here: nothing further of theirs is taken from the frame.</summary>
    public HashSet<ReplicaId> Forked { get; } = [];

    /// <summary>The signed events that contradict the history of their origin that is here.</summary>
    public List<GraphEvent> Contradictions { get; } = [];

    /// <summary>How many of the frame were held back for their clock.</summary>
    public int Held { get; set; }

    /// <summary>How many of the frame were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Refuses an event that came in the frame.</summary>
    public void Refuse(ArrivedEvent arrived)
    {
        Refused++;
        if (arrived.Defect is not null) Malformed.Add(arrived);
    }

    /// <summary>Refuses an event that was to be applied, once all are admitted; one that has waited since an earlier frame isn't this frame's. O(bytes), and O(events) the first time.</summary>
    public void Refuse(GraphEvent graphEvent, string? defect)
    {
        // Found by its place: a frame may hold tens of thousands that follow a malformed one.
        _places ??= Admitted.ToLookup(other => (other.Origin, other.First, other.Last));
        if (_places[(graphEvent.Origin, graphEvent.First, graphEvent.Last)].Any(other => other.Bytes.Span.SequenceEqual(graphEvent.Bytes.Span))) Refused++;
        if (defect is not null) Malformed.Add(new(new(graphEvent.Lane, graphEvent.Origin, graphEvent.First, graphEvent.Last), graphEvent.Bytes, null, defect));
    }

    /// <summary>Whether an event comes behind a malformed one of its origin.</summary>
    public bool IsBehindMalformed(GraphEvent graphEvent) => Malformed.Exists(malformed => malformed.Head.Origin == graphEvent.Origin && malformed.Head.First < graphEvent.First);
}
