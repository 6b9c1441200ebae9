namespace Crdt.Sync.Lanes;

/// <summary>
/// What a peer may read and write, lane by lane. It is enforced where events and states are applied and where they are served; a lane for which nothing is said is closed.
/// Immutable.
/// </summary>
/// <remarks>
/// Its text form is for settings and claims: <c>orders:rw, catalogue:r, *:none</c>. A lane stands before the last colon, <c>*</c> for all others, and behind it <c>r</c>, <c>w</c>,
/// <c>rw</c>, <c>wt</c>, <c>rwt</c> or <c>none</c>; <c>t</c> is <see cref="LaneAccess.Trusted"/>.
/// </remarks>
public sealed class PeerAccess : IEquatable<PeerAccess>
{
    private const string Others = "*";
    private readonly SortedDictionary<string, LaneAccess> _lanes = new(StringComparer.Ordinal);
    private readonly LaneAccess _elsewhere;

    /// <summary>Says what a peer may do.</summary>
    /// <param name="lanes">The lanes for which something is said.</param>
    /// <param name="elsewhere">What it may do in all others; nothing by default.</param>
    public PeerAccess(IEnumerable<KeyValuePair<string, LaneAccess>> lanes, LaneAccess elsewhere = LaneAccess.None)
    {
        ArgumentNullException.ThrowIfNull(lanes);
        foreach (var (lane, access) in lanes) _lanes[lane] = access;
        _elsewhere = elsewhere;
    }

    /// <summary>Everything in all lanes.</summary>
    public static PeerAccess Full { get; } = new([], LaneAccess.ReadWrite | LaneAccess.Trusted);

    /// <summary>Nothing anywhere.</summary>
    public static PeerAccess None { get; } = new([]);

    /// <summary>The lanes for which something is said, in order.</summary>
    public IReadOnlyCollection<string> Lanes => _lanes.Keys;

    /// <summary>Whether there is no lane in which the peer may do anything.</summary>
    public bool IsNone => !Allows(LaneAccess.Read) && !Allows(LaneAccess.Write);

    /// <summary>Whether there may be a lane in which the peer may do that.</summary>
    public bool Allows(LaneAccess access) => _elsewhere.HasFlag(access) || _lanes.Values.Any(lane => lane.HasFlag(access));

    /// <summary>What the peer may do in a lane.</summary>
    public LaneAccess In(string lane) => _lanes.GetValueOrDefault(lane, _elsewhere);

    /// <summary>Reads the text form.</summary>
    /// <exception cref="FormatException">It is none; the message says where.</exception>
    public static PeerAccess Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (lanes, elsewhere) = (new Dictionary<string, LaneAccess>(StringComparer.Ordinal), LaneAccess.None);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (lane, access) = ParseLane(part);
            if (lane == Others) elsewhere = access;
            else if (!lanes.TryAdd(lane, access)) throw new FormatException($"The lane '{lane}' occurs twice in '{text}'.");
        }

        return new(lanes, elsewhere);
    }

    /// <summary>The text form, with the lanes in order.</summary>
    public override string ToString() => string.Join(", ", _lanes.Append(new(Others, _elsewhere)).Select(lane => $"{lane.Key}:{Letters(lane.Value)}"));

    /// <inheritdoc/>
    public bool Equals(PeerAccess? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PeerAccess);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static (string Lane, LaneAccess Access) ParseLane(string part)
    {
        var colon = part.LastIndexOf(':');
        if (colon <= 0) throw new FormatException($"'{part}' doesn't say what may be done: write lane:rw, lane:r, lane:w, lane:rwt or lane:none, and * for all other lanes.");
        var access = part[(colon + 1)..].Trim() switch
        {
            "rw" => LaneAccess.ReadWrite,
            "r" => LaneAccess.Read,
            "w" => LaneAccess.Write,
            "rwt" => LaneAccess.ReadWrite | LaneAccess.Trusted,
            "wt" => LaneAccess.Write | LaneAccess.Trusted,
            "none" => LaneAccess.None,
            var letters => throw new FormatException($"'{letters}' of '{part}' is no access: it is r, w, rw, wt, rwt or none."),
        };
        return (part[..colon].Trim(), access);
    }

    private static string Letters(LaneAccess access) => access switch
    {
        LaneAccess.ReadWrite => "rw",
        LaneAccess.Read => "r",
        LaneAccess.Write => "w",
        LaneAccess.Write | LaneAccess.Trusted => "wt",
        LaneAccess.ReadWrite | LaneAccess.Trusted => "rwt",
        _ => "none",
    };
}
