using Crdt.Codec;
using Crdt.Storage;
using Crdt.Sync.Frames;
using Crdt.Sync.Sessions;

namespace Crdt.Tests.Sync;

/// <content>What a peer counts as holding, by what it has acknowledged.</content>
public sealed partial class SessionTests
{
    /// <summary>What comes behind an event that the peer has left out may wait for it there, in memory only.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public void Own_events_from_the_first_frame_on_that_was_not_taken_as_a_whole_are_not_delivered(int held, int refused)
    {
        var session = ThreeSent();
        session.Receive(new Frame.Ack("main").Encode());
        session.Receive(new Frame.Ack("main", held, refused).Encode());
        session.Receive(new Frame.Ack("main").Encode());
        Assert.Equal(3UL, session.Delivered()["main"]);
        session.Receive(new Frame.Bye(SessionEnd.Complete, "").Encode());
        Assert.Equal((SessionStatus.Complete, held, refused), (session.Status, session.HeldByPeer, session.RefusedByPeer));
        Assert.Equal(3UL, session.Delivered()["main"]);
        Assert.False(session.Lanes["main"].IsComplete);
    }

    [Fact]
    public void What_a_peer_took_as_a_whole_is_delivered()
    {
        var session = ThreeSent();
        for (var i = 0; i < 3; i++) session.Receive(new Frame.Ack("main").Encode());
        session.Receive(new Frame.Bye(SessionEnd.Complete, "").Encode());
        Assert.Equal(9UL, session.Delivered()["main"]);
        Assert.True(session.Lanes["main"].IsComplete);
    }

    [Fact]
    public void A_peer_can_not_leave_out_more_events_than_it_was_sent()
    {
        foreach (var ack in new[] { new Frame.Ack("main", 2), new Frame.Ack("main", 0, 2), new Frame.Ack("main", 1, 1), new Frame.Ack("main", int.MaxValue, int.MaxValue) })
        {
            var session = ThreeSent();
            AssertRefused(session, session.Receive(ack.Encode()), SessionEnd.Malformed, "left out");
        }
    }

    /// <summary>Ann has sent Bob all that she has, her own numbers 3, 6 and 9 in three frames.</summary>
    private static SyncSession ThreeSent()
    {
        var ann = Session(Ann, (Ann, 9));
        Introduce(ann, Session(Bob));
        for (var last = 3UL; last <= 9; last += 3)
        {
            StoredEvent[] events = [new("main", Ann, last - 2, last, new byte[] { 1 })];
            ann.Continue("main", exchange => exchange.LogRead(new(events, (long)last, IsLast: last == 9)));
        }

        return ann;
    }
}
