using Crdt.Sync.Lanes;

namespace Crdt.AspNetCore.Endpoints;

/// <summary>Who is let in where replicas sync, and how much of it.</summary>
public sealed class CrdtHubOptions
{
    /// <summary>
    /// Whether everybody who reaches the endpoint may read and write everything, without saying who they are. Only for trying things out, which the log says at each start.
    /// </summary>
    public bool AllowsAnonymousForDevelopment { get; set; }

    /// <summary>Whether sessions are served without TLS beyond this machine. Only where a proxy in front speaks it, or the network is encrypted itself.</summary>
    public bool AllowsPlainText { get; set; }

    /// <summary>
    /// The pages that may connect from browsers, as <c>https://shop.example.org</c>; none by default. A browser sends a user's cookies from whatever page asks it to, so without the list any page could
    /// sync in the user's name. What isn't a browser sends no origin, and is let through.
    /// </summary>
    public ISet<string> AllowedOrigins { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The authorization policies that let a peer read or write a lane, by lane and direction; <c>*</c> stands for lanes that have none of their own. What no policy is given for is let through by the claims
    /// of type <see cref="Authorization.CrdtClaimTypes.Access"/> alone, and without those by nothing.
    /// </summary>
    public IDictionary<(string Lane, LaneAccess Direction), string> Policies { get; } = new Dictionary<(string, LaneAccess), string>();

    /// <summary>Whether a peer that may write in any lane may also make types known that the hub doesn't have. True by default; otherwise the hub carries the lanes of its own types alone.</summary>
    public bool LearnsTypesFromPeers { get; set; } = true;

    /// <summary>How many connections there may be at a time. 4,096 by default; whoever comes then is told to come back later.</summary>
    public int MaxConnections { get; set; } = 4096;

    /// <summary>How many connections one peer may have at a time. 8 by default.</summary>
    public int MaxConnectionsPerPeer { get; set; } = 8;

    /// <summary>How many connections one peer may open in a minute. 240 by default.</summary>
    public int MaxConnectsPerMinute { get; set; } = 240;

    /// <summary>How many bytes one peer may send in a minute, over all its connections. 256 MiB by default; a peer that sends more is read more slowly.</summary>
    public long MaxBytesPerMinute { get; set; } = 256L << 20;

    /// <summary>How often it is asked whether a peer that is connected may stay: see <see cref="Authentication.IPeerStanding"/>. 5 seconds by default.</summary>
    public TimeSpan StandingInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a peer may say nothing in the middle of a session, or take nothing. One minute by default.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(1);
}
