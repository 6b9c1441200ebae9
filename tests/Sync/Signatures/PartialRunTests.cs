using Crdt.Clocks;
using Crdt.Signing;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Sync.Events;
using Crdt.Sync.Lanes;
using Crdt.Sync.Sessions;
using Crdt.Sync.Signatures;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Signatures;

/// <summary>Of a run with one seal, at its end, only the beginning can be taken: others are to believe that as well.</summary>
public sealed class PartialRunTests : IAsyncDisposable
{
    private readonly Scene _scene = new();
    private readonly SignedAuthor _ann;
    private readonly SignedAuthor _ben;
    private GraphReplica _hub = null!;
    private GraphReplica _reader = null!;

    public PartialRunTests() => (_ann, _ben) = (new(ReplicaIdentity.Signed(), _scene.Time), new(ReplicaIdentity.Signed(), _scene.Time));

    public async ValueTask DisposeAsync()
    {
        _ann.Dispose();
        _ben.Dispose();
        await _scene.DisposeAsync();
    }

    [Fact]
    public async Task What_comes_before_an_event_of_the_future_is_passed_on()
    {
        await OpenAsync();
        var run = _ann.Run(3, 1);
        var ahead = _ann.Sealed(_ann.Add(4, run[2], lead: TimeSpan.FromHours(1)));
        await GiveAsync([run[0], run[1], Unsealed(run[2]), ahead], taken: 3);
        Assert.True((await ReadAsync()).Lanes["main"].IsComplete);
        Assert.Equal(3UL, PeopleOf(_reader));
        _scene.Time.Advance(TimeSpan.FromHours(2));
        await GiveAsync([ahead], taken: 4);
        await GiveAsync([ahead], taken: 4, to: _reader);
        Assert.Equal(await _hub.RootAsync(), await _reader.RootAsync());
    }

    [Fact]
    public async Task What_comes_before_a_malformed_event_is_passed_on_and_later_ones_of_others_too()
    {
        await OpenAsync();
        var run = _ann.Run(2, 1);
        var malformed = _ann.Sealed(Malformed(run[1]));
        await GiveAsync([run[0], Unsealed(run[1]), malformed], taken: 2);
        await GiveAsync(_ben.Run(3, 20), taken: 3, author: _ben);
        Assert.Equal(_ann.Id, Assert.Single((await _hub.ReadHealthAsync()).Quarantined).Origin);
        Assert.True((await ReadAsync()).Lanes["main"].IsComplete);
        Assert.Equal(2UL, PeopleOf(_reader));
        Assert.Equal(await _hub.RootAsync(), await _reader.RootAsync());
    }

    /// <summary>The second waits for what Ben wrote, and so does the seal of the first.</summary>
    [Fact]
    public async Task What_comes_before_an_event_that_waits_is_passed_on()
    {
        await OpenAsync();
        var (bens, first) = (_ben.Run(1, 20), _ann.Add(1));
        var (second, seen) = (default(GraphEvent), new VersionVector());
        seen.Advance(_ben.Id, bens[0].Last);
        second = _ann.Add(2, first, others: seen);
        var third = _ann.Sealed(_ann.Add(3, second, others: seen));
        await GiveAsync([first, second, third], taken: 1);
        Assert.True((await ReadAsync()).Lanes["main"].IsComplete);
        Assert.Equal(1UL, PeopleOf(_reader));
        await GiveAsync(bens, taken: 1, author: _ben);
        Assert.Equal(3UL, PeopleOf(_hub));
        Assert.True((await ReadAsync()).Lanes["main"].IsComplete);
        Assert.Equal(await _hub.RootAsync(), await _reader.RootAsync());
    }

    /// <summary>All of the run waits, and goes on in two steps: what shows whose the first is came long before.</summary>
    [Fact]
    public async Task What_has_waited_and_goes_on_in_part_is_passed_on()
    {
        await OpenAsync();
        var bens = _ben.Run(2, 20);
        bens[0] = _ben.Sealed(bens[0]);
        var (seen, later) = (new VersionVector(), new VersionVector());
        seen.Advance(_ben.Id, bens[0].Last);
        later.Advance(_ben.Id, bens[1].Last);
        var first = _ann.Add(1, others: seen);
        await GiveAsync([first, _ann.Sealed(_ann.Add(2, first, others: later))], taken: 0);
        await GiveAsync([bens[0]], taken: 1, author: _ben);
        Assert.Equal(1UL, PeopleOf(_hub));
        Assert.True((await ReadAsync()).Lanes["main"].IsComplete);
        Assert.Equal(await _hub.RootAsync(), await _reader.RootAsync());
    }

    /// <summary>The event waits, and what came behind it with the seal was refused and is kept nowhere: it comes again, with both.</summary>
    [Fact]
    public async Task What_has_waited_alone_is_not_applied_before_somebody_shows_whose_it_is()
    {
        await OpenAsync();
        var (bens, seen) = (_ben.Run(1, 20), new VersionVector());
        seen.Advance(_ben.Id, bens[0].Last);
        var first = _ann.Add(1, others: seen);
        var malformed = _ann.Sealed(Malformed(first));
        await GiveAsync([first, malformed], taken: 0);
        await GiveAsync(bens, taken: 1, author: _ben);
        Assert.Equal(0UL, PeopleOf(_hub));
        await GiveAsync([first, malformed], taken: 1);
        Assert.True((await ReadAsync()).Lanes["main"].IsComplete);
        Assert.Equal(await _hub.RootAsync(), await _reader.RootAsync());
    }

    /// <summary>The seal's own path is as long as one may be, and the event before it would make it longer.</summary>
    [Theory]
    [InlineData(SealedEvent.MaxPath, 0)]
    [InlineData(SealedEvent.MaxPath - 1, 1)]
    public async Task A_path_that_would_grow_too_long_to_be_read_is_refused_before_anything_is_kept(int length, ulong taken)
    {
        await OpenAsync();
        var first = _ann.Add(1);
        var ahead = _ann.Add(2, first, lead: TimeSpan.FromHours(1));
        var path = new byte[length * SealedEvent.HashSize];
        var end = SealedEvent.EndOfPath([.. new byte[SealedEvent.SealSize], .. path], SealedEvent.HashOf(ahead.Bytes));
        byte[] seal = [.. _ann.Key.PublicKey.Span, .. _ann.Key.Sign(SealedEvent.Purpose, end), .. path];
        await GiveAsync([first, ahead with { Bytes = SealedEvent.With(ahead.Bytes, seal) }], taken);
        Assert.True((await ReadAsync()).Lanes["main"].IsComplete);
        Assert.Equal(taken, PeopleOf(_reader));
    }

    /// <summary>It names the hash of the first, and has not the place behind it, so that nothing would ever close the first.</summary>
    [Fact]
    public async Task A_seal_on_an_event_further_on_says_nothing_of_one_before_a_gap()
    {
        await OpenAsync();
        var (first, seen) = (_ann.Add(1), new VersionVector());
        seen.Advance(_ann.Id, first.Last + 3);
        var further = EventCodec.Create("main", _ann.Id, first.Last + 4, first.Last + 4, first.Stamp, seen, [], SealedEvent.HashOf(first.Bytes));
        var (end, _) = await Intruder.WriteAsync(_hub, seen, first.Bytes, _ann.Sealed(further).Bytes);
        Assert.Equal((SessionEnd.Forged, 0UL), (end, PeopleOf(_hub)));
    }

    [Fact]
    public async Task What_has_waited_is_not_applied_once_its_author_is_revoked()
    {
        var isRevoked = false;
        await OpenAsync(options => options.IsRevoked = origin => isRevoked && origin == _ann.Id);
        var bens = _ben.Run(1, 20);
        var seen = new VersionVector();
        seen.Advance(_ben.Id, bens[0].Last);
        await GiveAsync([_ann.Sealed(_ann.Add(1, others: seen))], taken: 0);
        isRevoked = true;
        await GiveAsync(bens, taken: 1, author: _ben);
        Assert.Equal(0UL, PeopleOf(_hub));
        Assert.Equal(0, (await _hub.ReadHealthAsync()).Waiting["main"].Events);
    }

    [Fact]
    public void A_path_is_believed_only_where_it_leads_to_what_was_signed()
    {
        var run = _ann.Run(5, 1).ConvertAll(one => one.Bytes);
        var first = SealedEvent.SealThrough(run[0], run[1..]);
        var (seal, hash) = (SealedEvent.SealOf(first).ToArray(), SealedEvent.HashOf(run[0]));
        Assert.Equal(SealedEvent.HashOf(first), hash);
        Assert.True(SealedEvent.Verify(seal, _ann.Id, hash));
        Assert.False(SealedEvent.Verify(seal[..^SealedEvent.HashSize], _ann.Id, hash));
        Assert.False(SealedEvent.Verify([.. seal, .. new byte[SealedEvent.HashSize]], _ann.Id, hash));
        Assert.False(SealedEvent.Verify(seal, _ann.Id, SealedEvent.HashOf(run[1])));
        Assert.False(SealedEvent.Verify(seal, _ben.Id, hash));
        Assert.False(SealedEvent.Verify([.. seal, 0], _ann.Id, hash));
        for (var i = 0; i < seal.Length; i++)
        {
            seal[i] ^= 1;
            Assert.False(SealedEvent.Verify(seal, _ann.Id, hash));
            seal[i] ^= 1;
        }

        // Where only two of those are taken that came with a path already, it grows.
        Assert.Equal(seal, SealedEvent.SealOf(SealedEvent.SealThrough(run[0], [run[1], SealedEvent.SealThrough(run[2], run[3..])])).ToArray());
    }

    private async Task OpenAsync(Action<GraphReplicaOptions>? configure = null)
    {
        (_hub, _reader) = (await _scene.OpenAsync("hub", configure: configure), await _scene.OpenAsync("reader"));
        await _hub.EditAsync(tx => tx.Add<Person>(98)); // An empty one would be given states.
        await _reader.EditAsync(tx => tx.Add<Person>(99));
    }

    /// <summary>Sends events to the hub, or to another, which then has so many writes of their author.</summary>
    private async Task GiveAsync(IReadOnlyList<GraphEvent> events, ulong taken, SignedAuthor? author = null, GraphReplica? to = null)
    {
        var (hub, id) = (to ?? _hub, (author ?? _ann).Id);
        var seen = hub.VectorOf();
        foreach (var one in events) seen.Advance(one.Origin, one.Last);
        var (end, text) = await Intruder.WriteAsync(hub, seen, [.. events.Select(one => one.Bytes)]);
        Assert.True(end is SessionEnd.Complete or SessionEnd.Malformed, text);
        Assert.Equal(taken, (ulong)(await hub.ReadLogAsync().CountAsync(one => one.Origin == id)));
    }

    /// <summary>The reader takes signed events from the hub, and nothing else.</summary>
    private async Task<SyncResult> ReadAsync()
    {
        var (here, there) = InMemoryTransport.CreatePair();
        await using (here)
        await using (there)
        {
            var serving = _hub.SyncAsync(there);
            var session = _reader.SyncAsync(here, new SyncOptions { Access = PeerAccess.Parse("*:rw") });
            await Task.WhenAll(serving, session);
            return await session;
        }
    }

    private ulong PeopleOf(GraphReplica replica) => (ulong)replica.ReadLogAsync().ToBlockingEnumerable().Count(one => one.Origin == _ann.Id);

    private static GraphEvent Unsealed(GraphEvent one) => one with { Bytes = SealedEvent.With(one.Bytes, []) };

    /// <summary>An event in order up to its head, and with a byte too many behind.</summary>
    private static GraphEvent Malformed(GraphEvent before)
    {
        var next = EventCodec.Create("main", before.Origin, before.Last + 1, before.Last + 1, before.Stamp, VectorOf(before), [], SealedEvent.HashOf(before.Bytes));
        return next with { Bytes = (byte[])[.. next.Bytes.Span, 0xFF] };
    }

    private static VersionVector VectorOf(GraphEvent before)
    {
        var seen = before.Dependencies.Clone();
        seen.Advance(before.Origin, before.Last);
        return seen;
    }
}
