using Crdt.Schema;

namespace Crdt.Sync.Lanes;

/// <summary>Which lanes are taken part in, and which of them goes first.</summary>
internal sealed class LaneOrder
{
    private readonly HashSet<string> _critical;

    private LaneOrder(IReadOnlyList<string> lanes, HashSet<string> critical) => (All, _critical) = (lanes, critical);

    /// <summary>The lanes, the one that matters most first.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>The lanes that don't wait for any other.</summary>
    public IReadOnlyList<string> Critical => [.. All.Where(IsCritical)];

    /// <summary>The lanes that wait for the critical ones; none where no lane is critical.</summary>
    public IReadOnlyList<string> Waiting => _critical.Count == 0 ? [] : [.. All.Where(lane => !IsCritical(lane))];

    /// <summary>Whether a lane does not wait for any other.</summary>
    public bool IsCritical(string lane) => _critical.Contains(lane);

    /// <summary>Whether a lane is among them.</summary>
    public bool Has(string lane) => All.Contains(lane);

    /// <summary>The order of a replica's lanes: the critical ones as they are listed, the others as they are listed, or else by name.</summary>
    /// <param name="schema">Has all lanes that there are.</param>
    /// <param name="lanes">The lanes to take part in; null for all.</param>
    /// <param name="critical">The critical ones.</param>
    /// <exception cref="ArgumentException">A lane is named that there is not, or none is left.</exception>
    public static LaneOrder For(GraphSchema schema, IReadOnlyList<string>? lanes, IReadOnlyList<string> critical)
    {
        Require([.. lanes ?? [], .. critical], schema.Lanes, $"The schema '{schema.Name}'");
        if (lanes is { Count: 0 }) throw new ArgumentException($"A replica takes part in at least one lane; the schema '{schema.Name}' has {Listed(schema.Lanes)}.", nameof(lanes));
        var all = lanes ?? schema.Lanes;
        var first = critical.Where(all.Contains).ToHashSet(StringComparer.Ordinal);
        return new([.. first.Concat(all).Distinct()], first);
    }

    /// <summary>Some of these lanes, in the order that is given; critical ones first all the same.</summary>
    /// <exception cref="ArgumentException">A lane is named that is not among them, or none is.</exception>
    public LaneOrder Only(IReadOnlyList<string> lanes)
    {
        if (lanes.Count == 0) throw new ArgumentException($"At least one lane has to be named; there are {Listed(All)}.", nameof(lanes));
        Require(lanes, All, "This replica");
        var first = lanes.Where(IsCritical).ToHashSet(StringComparer.Ordinal);
        return new([.. first.Concat(lanes).Distinct()], first);
    }

    /// <summary>Those of these lanes in which a peer may do something; perhaps none.</summary>
    public LaneOrder OpenTo(PeerAccess access) => new([.. All.Where(lane => access.In(lane) != LaneAccess.None)], _critical);

    /// <summary>Says why an entity of a type can't be written here.</summary>
    /// <exception cref="InvalidOperationException">The type is of a lane that this replica takes no part in.</exception>
    public void RequireWritable(EntityType type)
    {
        if (!Has(type.Lane))
            throw new InvalidOperationException($"'{type.Name}' is in lane '{type.Lane}', and this replica takes part in {Listed(All)} only; add the lane to {nameof(GraphReplicaOptions)}.{nameof(GraphReplicaOptions.Lanes)} to write it here.");
    }

    private static void Require(IEnumerable<string> named, IReadOnlyList<string> known, string owner)
    {
        if (named.FirstOrDefault(lane => !known.Contains(lane)) is { } stray) throw new ArgumentException($"{owner} has no lane '{stray}'; it has {Listed(known)}.");
    }

    private static string Listed(IReadOnlyList<string> lanes) => string.Join(", ", lanes.Select(lane => $"'{lane}'"));
}
