namespace Crdt.Sync.Gossip;

/// <summary>How a replica gossips. The defaults suit up to some thousand replicas; <c>docs/gossip.md</c> has measurements.</summary>
public sealed record GossipOptions
{
    /// <summary>How many peers are contacted in a round, and at most at the same time. 3 by default.</summary>
    public int FanOut { get; init; } = 3;

    /// <summary>From the beginning of a round to the next, while there are news; varied by up to a quarter. One second by default.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// After how many contacts in a row that found the peer equal the replica stops its rounds, until something is committed here or comes from elsewhere. By default null,
    /// which is 4 and the binary logarithm of the number of peers: with a constant number, a constant share of them would be missed until anti-entropy comes by.
    /// </summary>
    public int? StopAfter { get; init; }

    /// <summary>
    /// How often one random peer is contacted when there are no news, so that whoever the news have missed gets them all the same; varied by up to a
    /// quarter. 30 seconds by default.
    /// </summary>
    public TimeSpan AntiEntropyInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest time that a peer is left alone after it failed. One minute by default; the first time it is one <see cref="Interval"/>, then twice that, and so on.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a peer may say nothing before the contact with it has failed. Two minutes by default.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Where the choice of peers begins; null to make it from the replica's id and the clock. Replicas with one seed choose alike, so it is for tests.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Is told of each contact.</summary>
    public IProgress<GossipContact>? Contacts { get; init; }

    /// <summary>Refuses what makes no sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number or a time is not positive.</exception>
    internal void Require()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FanOut);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(StopAfter ?? 1);
        foreach (var time in new[] { Interval, AntiEntropyInterval, MaxBackoff, Patience }) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
    }
}
