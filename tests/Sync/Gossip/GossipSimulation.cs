using System.Globalization;
using Crdt.Sync.Gossip;

namespace Crdt.Tests.Sync.Gossip;

/// <summary>
/// Replicas that are sets of news, under the code that chooses peers and stops. All contacts of a round happen at once, with what each had when it began, which is
/// the slowest that they can spread.
/// </summary>
internal sealed class GossipSimulation
{
    private readonly string[] _names;
    private readonly GossipState[] _states;
    private readonly double _loss;
    private readonly TimeSpan _step;
    private readonly Random _random;
    private ulong[][] _news;
    private TimeSpan _now;

    public GossipSimulation(int replicas, int news, double loss, int seed, GossipOptions? options = null)
    {
        options ??= new();
        (_loss, _random) = (loss, new(seed));
        _step = options.Interval * 1.25; // as long as a round can take, so that each takes part in each
        _names = [.. Enumerable.Range(0, replicas).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        _states = [.. _names.Select((_, i) => new GossipState(options, ((ulong)seed << 20) + (ulong)i))];
        foreach (var state in _states) state.Know(_names[1..]);
        _news = [.. _names.Select(_ => new ulong[(news + 63) / 64])];
    }

    public int Rounds { get; private set; }

    public int Contacts { get; set; }

    public bool AreEqual => _news.All(news => news.AsSpan().SequenceEqual(_news[0]));

    public bool AreQuiet => _states.All(state => !state.IsActive);

    /// <summary>A replica commits something.</summary>
    public void Write(int replica, int news)
    {
        _news[replica][news / 64] |= 1UL << (news % 64);
        _states[replica].Wake();
    }

    /// <summary>Goes on until something is so, and gives the rounds that it took.</summary>
    public int RunUntil(Func<bool> isReached, int atMost)
    {
        var begin = Rounds;
        while (!isReached())
        {
            Assert.True(Rounds - begin < atMost, $"It is not reached after {atMost} rounds.");
            Round();
        }

        return Rounds - begin;
    }

    private void Round()
    {
        Rounds++;
        _now += _step;
        var contacts = Enumerable.Range(0, _states.Length)
            .SelectMany(i => _states[i].BeginRound(_now, _names.Where(name => name != _names[i])).Select(peer => (From: i, To: int.Parse(peer, CultureInfo.InvariantCulture))))
            .ToList();
        var before = _news;
        _news = [.. before.Select(news => (ulong[])news.Clone())];
        foreach (var (from, to) in contacts)
        {
            Contacts++;
            var outcome = _random.NextDouble() < _loss ? ContactOutcome.Failed : before[from].AsSpan().SequenceEqual(before[to]) ? ContactOutcome.Equal : ContactOutcome.Exchanged;
            if (outcome == ContactOutcome.Exchanged)
            {
                if (Take(_news[from], before[to])) _states[from].Wake();
                if (Take(_news[to], before[from])) _states[to].Wake();
            }

            _states[from].Record(_names[to], outcome, _now);
        }
    }

    private static bool Take(ulong[] into, ulong[] from)
    {
        var isNew = false;
        for (var i = 0; i < into.Length; i++)
        {
            isNew |= (from[i] & ~into[i]) != 0;
            into[i] |= from[i];
        }

        return isNew;
    }
}
