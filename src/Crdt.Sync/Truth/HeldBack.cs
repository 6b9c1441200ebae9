using Crdt.Clocks;
using Crdt.Sync.Health;

namespace Crdt.Sync.Truth;

/// <summary>Counts the events that were held back for their clock, by origin. In memory only: their senders offer them again.</summary>
internal sealed class HeldBack
{
    /// <summary>So many origins are told apart; whoever makes ids up must not fill the memory.</summary>
    private const int MaxOrigins = 64;

    private readonly Dictionary<ReplicaId, HeldOrigin> _origins = [];

    /// <summary>What was counted.</summary>
    public IReadOnlyList<HeldOrigin> Origins => [.. _origins.Values];

    /// <summary>Counts one.</summary>
    public void Add(ReplicaId origin, TimeSpan lead)
    {
        if (_origins.TryGetValue(origin, out var held)) _origins[origin] = held with { Events = held.Events + 1, LargestLead = lead > held.LargestLead ? lead : held.LargestLead };
        else if (_origins.Count < MaxOrigins) _origins.Add(origin, new(origin, 1, lead));
    }
}
