using System.Collections.Concurrent;
using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Signing;
using Crdt.Sync;
using Crdt.Sync.Frames;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Live;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Signatures;

/// <summary>Whoever was let in as a replica has to show that it is that one: a name is said easily.</summary>
public sealed class ChallengeTests : IAsyncDisposable
{
    private readonly Scene _scene = new();
    private readonly SignedAuthor _mallory;

    public ChallengeTests() => _mallory = new(ReplicaIdentity.Signed(), _scene.Time);

    public async ValueTask DisposeAsync()
    {
        _mallory.Dispose();
        await _scene.DisposeAsync();
    }

    [Fact]
    public async Task Who_has_the_key_is_let_in_also_where_both_are_equal()
    {
        var (hub, ann) = (await _scene.OpenAsync("hub"), await _scene.OpenAsync("ann"));
        await ann.EditAsync(tx => tx.Add<Person>(1));
        for (var i = 0; i < 2; i++)
        {
            var (here, there) = InMemoryTransport.CreatePair();
            var results = await Task.WhenAll(hub.SyncAsync(there, new SyncOptions { Replica = ann.Id }), ann.SyncAsync(here));
            Assert.All(results, result => Assert.Equal(i == 0 ? SyncMode.Full : SyncMode.Equal, result.Mode));
            Assert.Equal("ann", results[0].PeerName);
        }
    }

    /// <summary>Later sessions on the way ask no more.</summary>
    [Fact]
    public async Task Who_stays_shows_it_once()
    {
        var time = new FiredTime();
        var (hub, ann) = (await _scene.OpenAsync("hub", time: time), await _scene.OpenAsync("ann", time: time));
        var (here, there) = InMemoryTransport.CreatePair();
        var greetings = new ConcurrentQueue<Frame.Hello>();
        var heard = new HookedTransport(there, (_, frame) =>
        {
            if (frame.Span[0] == (byte)FrameType.Hello) greetings.Enqueue((Frame.Hello)Frame.Decode(frame));
            return Task.CompletedTask;
        });
        using var ending = new CancellationTokenSource();
        var both = Task.WhenAll(hub.StayInSyncAsync(heard, new SyncOptions { Replica = ann.Id }, cancellationToken: ending.Token), ann.StayInSyncAsync(here, new SyncOptions(), cancellationToken: ending.Token));
        await LiveScene.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromMinutes(2)); // Another session is due.
            return Task.FromResult(greetings.Count >= 3);
        });
        Assert.Equal([16, 0, 0], greetings.Take(3).Select(greeting => greeting.Challenge.Length));
        await ending.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => both);
    }

    [Fact]
    public async Task Who_only_says_so_is_shown_out_and_gets_nothing()
    {
        var (hub, ann) = (await _scene.OpenAsync("hub"), await _scene.OpenAsync("ann"));
        await hub.EditAsync(tx => tx.Add<Person>(1).Email = "secret");
        byte[] earlier = [1, 2, 3];
        IdentityProof?[] proofs = [null, IdentityProof.Of(_mallory.Key, earlier), await ann.ProveIdentityAsync(earlier), (await ann.ProveIdentityAsync(earlier))! with { Signature = new byte[ReplicaKey.SignatureSize] }];
        foreach (var proof in proofs)
        {
            var (error, heard) = await PretendAsync(hub, ann.Id, _ => proof);
            Assert.Equal(SessionEnd.Forbidden, error.Reason);
            Assert.Contains("doesn't show that it has that one's key", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(heard, frame => frame is Frame.OfLane);
        }

        // Not even with its own key, over what was asked for.
        Assert.Equal(SessionEnd.Forbidden, (await PretendAsync(hub, ann.Id, hello => ann.ProveIdentityAsync(hello.Challenge).AsTask().Result)).Error.Reason); // Made for something else.
        var (refused, _) = await PretendAsync(hub, ann.Id, hello => new(_mallory.Key.PublicKey, _mallory.Key.Sign(IdentityProof.SessionPurpose, hello.Challenge.Span)));
        Assert.Equal(SessionEnd.Forbidden, refused.Reason);
    }

    [Fact]
    public async Task What_greets_and_introduces_comes_back_as_it_was()
    {
        var ann = await _scene.OpenAsync("ann");
        var proof = (await ann.ProveIdentityAsync(new byte[] { 1 }))!;
        var introduction = new Frame.Introduction(ann.Id, "ann", null, [0], default, default, TimeSpan.FromDays(1), []) { Proof = proof };
        var read = (Frame.Introduction)Frame.Decode(introduction.Encode());
        Assert.Equal(ann.Id, read.Proof!.Verify(new byte[] { 1 }));
        foreach (var stays in new[] { false, true })
        {
            var hello = (Frame.Hello)Frame.Decode((new Frame.Hello(1, 0, 2, 3, 4) { Stays = stays, Challenge = new byte[16] }).Encode());
            Assert.Equal((stays, 16), (hello.Stays, hello.Challenge.Length));
        }

        Assert.Throws<WireFormatException>(() => Frame.Decode((new Frame.Hello(1, 0, 2, 3, 4) { Challenge = new byte[15] }).Encode()));
        Assert.Throws<WireFormatException>(() => Frame.Decode((introduction with { Proof = new(new byte[64], new byte[63]) }).Encode()));
    }

    private static async Task<(SessionException Error, List<Frame> Heard)> PretendAsync(GraphReplica hub, ReplicaId id, Func<Frame.Hello, IdentityProof?> prove)
    {
        var (here, there) = InMemoryTransport.CreatePair();
        await using (here)
        await using (there)
        {
            var serving = hub.SyncAsync(there, new SyncOptions { Replica = id });
            var introduction = new Frame.Introduction(id, "ann", TestSchema.Instance, [0], default, default, TimeSpan.FromDays(1), []);
            var asked = (Frame.Hello)Frame.Decode((await here.ReceiveAsync())!.Value);
            await here.SendAsync(new Frame.Hello(SyncSession.MajorVersion, SyncSession.MinorVersion, SyncSession.TagOf(introduction), 0, asked.State).Encode()); // As if it were equal.
            await here.SendAsync((introduction with { Proof = prove(asked) }).Encode());
            var error = await Assert.ThrowsAsync<SessionException>(() => serving);
            await there.DisposeAsync();
            var heard = new List<Frame>();
            while (await here.ReceiveAsync() is { } frame) heard.Add(Frame.Decode(frame));
            return (error, heard);
        }
    }
}
