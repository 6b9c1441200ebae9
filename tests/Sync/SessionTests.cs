using System.Numerics;
using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Frames;
using Crdt.Sync.Sessions;
using Crdt.Tests.Sync.Model;

namespace Crdt.Tests.Sync;

/// <summary>The session as what it is: a state machine that is told things and says things.</summary>
public sealed partial class SessionTests
{
    private static readonly ReplicaId Ann = new((UInt128)1 << 96), Bob = new((UInt128)2 << 96);

    [Fact]
    public void Equal_replicas_find_out_with_one_small_frame_each_way()
    {
        var (ann, bob) = (Session(Ann, (Ann, 5)), Session(Bob, (Ann, 5)));
        var (fromAnn, fromBob) = (Sent(ann.Start()), Sent(bob.Start()));
        Assert.InRange(fromAnn.Length, 1, 32);
        Assert.Empty(ann.Receive(fromBob));
        Assert.Empty(bob.Receive(fromAnn));
        Assert.Equal((SessionStatus.Complete, SyncMode.Equal, "1.0"), (ann.Status, ann.Mode, ann.ProtocolVersion));
        Assert.Equal((SessionStatus.Complete, SyncMode.Equal), (bob.Status, bob.Mode));
    }

    [Fact]
    public void A_handshake_establishes_the_session()
    {
        var (ann, bob) = (Session(Ann, (Ann, 5)), Session(Bob, (Ann, 3)));
        Introduce(ann, bob);
        Assert.Equal((SessionStatus.Established, SyncMode.Incremental, Ann), (bob.Status, bob.Mode, bob.Peer!.Replica));
        Assert.Equal((SessionStatus.Established, SyncMode.Incremental, Bob), (ann.Status, ann.Mode, ann.Peer!.Replica));
    }

    [Fact]
    public void The_schema_is_sent_only_to_who_has_another()
    {
        var (ann, bob) = (Session(Ann, (Ann, 5)), Session(Bob));
        Assert.Null(Assert.IsType<Frame.Introduction>(Frame.Decode(Sent(ann.Receive(Sent(bob.Start()))))).Schema);
        ann = Session(Ann, (Ann, 5));
        Assert.NotNull(Assert.IsType<Frame.Introduction>(Frame.Decode(Sent(ann.Receive((Hello(Bob) with { SchemaTag = 5 }).Encode())))).Schema);
        AssertRefused(ann, ann.Receive((Introduction(Bob) with { Schema = null }).Encode()), SessionEnd.Malformed, "schema");
    }

    [Fact]
    public void At_most_a_window_of_frames_is_unconfirmed()
    {
        var (ann, bob) = (Session(Ann, (Ann, 9)), Session(Bob));
        var read = Assert.IsType<SessionAction.ReadLog>(Assert.Single(Introduce(ann, bob)));
        var events = new List<StoredEvent> { new("main", Ann, 1, 1, new byte[] { 1 }) };
        for (var i = 1; i < SyncSession.Window; i++)
        {
            Assert.IsType<SessionAction.ReadLog>(ann.Continue(read.Lane, exchange => exchange.LogRead(new(events, i, IsLast: false)))[^1]);
        }

        Assert.IsType<SessionAction.Send>(Assert.Single(ann.Continue(read.Lane, exchange => exchange.LogRead(new(events, 9, IsLast: false)))));
        var next = Assert.Single(ann.Receive(new Frame.Ack("main").Encode()));
        Assert.Equal(9, Assert.IsType<SessionAction.ReadLog>(next).Position);
    }

    [Fact]
    public void Another_major_version_is_refused_with_both_versions_named()
    {
        var session = Session(Ann);
        var reply = session.Receive((Hello(Bob) with { Major = 2, Minor = 3 }).Encode());
        AssertRefused(session, reply, SessionEnd.ProtocolVersion, "1.0", "2.3");
    }

    [Fact]
    public void A_newer_minor_version_is_served()
    {
        var session = Session(Ann, (Ann, 3));
        var hello = (Hello(Bob) with { Minor = 7 }).Encode()[..^4];
        byte[] longer = [.. hello, 1, 2, 3];
        session.Receive((byte[])[.. longer, .. Checksum(longer)]);
        session.Receive(Introduction(Bob).Encode());
        Assert.Equal((SessionStatus.Established, "1.0"), (session.Status, session.ProtocolVersion));
    }

    [Fact]
    public void Another_graph_is_refused_with_both_named()
    {
        var session = Session(Ann);
        var other = new GraphSchema("other", 3, [.. TestSchema.Instance.Types]);
        AssertRefused(session, Meet(session, Introduction(Bob) with { Schema = other }), SessionEnd.SchemaConflict, "test version 1", "other version 3");
    }

    [Fact]
    public void A_field_that_merges_differently_there_is_refused()
    {
        var session = Session(Ann);
        var person = new EntityType("Person", "Person", "main", new("Id", ValueKind.Int64, "Id"), null, null, new FieldSchema("Stock", FieldKind.Register, ValueKind.Int64, false, "Stock"));
        var reply = Meet(session, Introduction(Bob) with { Schema = new("test", 2, person) });
        AssertRefused(session, reply, SessionEnd.SchemaConflict, "Person.Stock", "Counter", "Register");
    }

    [Fact]
    public void A_replica_does_not_talk_to_its_own_copy()
    {
        var session = Session(Ann);
        AssertRefused(session, Meet(session, Introduction(Ann)), SessionEnd.SameReplica, "copy");
        // Nor where both are equal, and a greeting would be enough.
        session = Session(Ann);
        AssertRefused(session, Meet(session, Introduction(Ann), Assert.IsType<Frame.Hello>(Frame.Decode(Sent(Session(Ann).Start())))), SessionEnd.SameReplica, "copy");
    }

    [Fact]
    public void A_peer_that_knows_of_writes_that_were_never_made_is_refused()
    {
        var session = Session(Ann, (Ann, 3));
        AssertRefused(session, Meet(session, Introduction(Bob, (Ann, 4))), SessionEnd.Malformed, "copy that can");
    }

    [Fact]
    public void A_peer_that_introduces_itself_as_another_than_it_greeted_is_refused()
    {
        var session = Session(Ann, (Ann, 3));
        session.Receive((Hello(Bob) with { Tag = 99 }).Encode());
        AssertRefused(session, session.Receive(Introduction(Bob).Encode()), SessionEnd.Malformed, "another id");
    }

    [Fact]
    public void Equal_histories_with_different_data_are_named_and_left_alone()
    {
        var session = Session(Ann, (Ann, 3));
        var lane = new LaneIntroduction(new("main", Vector((Ann, 3)), new(), 99, 1), HasStaged: false);
        AssertRefused(session, Meet(session, Introduction(Bob, (Ann, 3)) with { Lanes = [lane] }), SessionEnd.Diverged, "main", "damaged");
    }

    [Fact]
    public void Every_frame_that_is_truncated_or_altered_ends_the_session()
    {
        foreach (var frame in new[] { Hello(Bob).Encode(), Introduction(Bob, (Ann, 3)).Encode(), new Frame.Difference("main", [1], [2], [3], true).Encode() })
        {
            for (var size = 0; size < frame.Length; size++) AssertMalformed(frame[..size]);
            for (var i = 0; i < frame.Length; i++)
            {
                var altered = frame.ToArray();
                altered[i] ^= 0x10;
                AssertMalformed(altered);
            }
        }
    }

    [Theory]
    [InlineData(FrameType.Ack)]
    [InlineData(FrameType.Done)]
    [InlineData(FrameType.Events)]
    [InlineData(FrameType.Introduction)]
    public void A_frame_before_the_greeting_ends_the_session(FrameType type)
    {
        var session = Session(Ann);
        Frame frame = type switch
        {
            FrameType.Ack => new Frame.Ack("main"),
            FrameType.Done => new Frame.Done("main"),
            FrameType.Introduction => Introduction(Bob),
            _ => new Frame.Events("main", default),
        };
        AssertRefused(session, session.Receive(frame.Encode()), SessionEnd.Malformed, type.ToString(), "Connecting");
    }

    [Fact]
    public void Frames_that_the_state_does_not_allow_end_the_session()
    {
        foreach (var frame in new Frame[]
        {
            Hello(Bob), Introduction(Bob), new Frame.Ack("main"), new Frame.Ack("nowhere"), new Frame.Done("nowhere"), new Frame.Events("nowhere", default),
            new Frame.Events("main", default), new Frame.Freeze("main", new(), default, 0, 0), new Frame.Syndromes("main", [1]), new Frame.Cells("main", 0, default), new Frame.More("main", 5),
            new Frame.Leaves("main", default), new Frame.Differing("main", []), new Frame.Items("main", 0, [], true), new Frame.Difference("main", [], [], [], true),
            new Frame.Rows("main", default, true), new Frame.Joined("main"), new Frame.Bye(SessionEnd.Complete, ""),
        })
        {
            var session = Session(Ann, (Ann, 5)); // which has something to send, by its log, and nothing to receive
            Meet(session, Introduction(Bob));
            Assert.Equal(SessionStatus.Established, session.Status);
            AssertRefused(session, session.Receive(frame.Encode()), SessionEnd.Malformed);
        }
    }

    [Fact]
    public void A_peer_that_goes_away_fails_the_session()
    {
        var session = Session(Ann, (Ann, 5));
        Meet(session, Introduction(Bob));
        session.Disconnected();
        Assert.Equal(SessionStatus.Failed, session.Status);
        Assert.Contains("sync again", session.Failure!.Message);
    }

    /// <summary>Found by fuzzing: lanes in any order were accepted, so that one introduction had several forms.</summary>
    [Fact]
    public void The_lanes_of_an_introduction_ascend()
    {
        LaneIntroduction[] lanes = [new(new("a", new(), new(), 0, 0), false), new(new("b", new(), new(), 0, 0), false)];
        var bytes = (Introduction(Bob) with { Lanes = lanes }).Encode();
        Assert.Equal(bytes, Frame.Decode(bytes).Encode());
        Assert.Equal(bytes[^4..], Checksum(bytes[..^4]));
        AssertMalformed((Introduction(Bob) with { Lanes = [lanes[1], lanes[0]] }).Encode());
        AssertMalformed((Introduction(Bob) with { Lanes = [lanes[0], lanes[0]] }).Encode());
    }

    private static byte[] Checksum(byte[] content)
    {
        var checksum = uint.MaxValue;
        foreach (var value in content) checksum = BitOperations.Crc32C(checksum, value);
        return [.. BitConverter.GetBytes(~checksum).Reverse()];
    }

    private static void AssertMalformed(byte[] bytes)
    {
        Assert.Throws<WireFormatException>(() => Frame.Decode(bytes));
        var session = Session(Ann);
        AssertRefused(session, session.Receive(bytes), SessionEnd.Malformed);
    }

    private static void AssertRefused(SyncSession session, IReadOnlyList<SessionAction> reply, SessionEnd reason, params string[] named)
    {
        Assert.Equal((SessionStatus.Failed, reason), (session.Status, session.Failure?.Reason));
        var bye = Assert.IsType<Frame.Bye>(Frame.Decode(Sent(reply)));
        Assert.Equal(reason, bye.Reason);
        foreach (var name in named) Assert.Contains(name, session.Failure!.Message);
        Assert.Empty(session.Receive(Hello(Bob).Encode()));
    }

    /// <summary>Lets two sessions greet and introduce each other, and gives what the left one does next.</summary>
    private static IReadOnlyList<SessionAction> Introduce(SyncSession left, SyncSession right)
    {
        var (fromLeft, fromRight) = (left.Receive(Sent(right.Start())), right.Receive(Sent(left.Start())));
        right.Receive(Sent(fromLeft));
        return left.Receive(Sent(fromRight));
    }

    private static IReadOnlyList<SessionAction> Meet(SyncSession session, Frame.Introduction peer, Frame.Hello? hello = null)
    {
        session.Receive((hello ?? Hello(peer.Replica)).Encode());
        return session.Receive(peer.Encode());
    }

    private static ReadOnlyMemory<byte> Sent(IReadOnlyList<SessionAction> actions) => Assert.IsType<SessionAction.Send>(actions[0]).Frame;

    private static SyncSession Session(ReplicaId replica, params (ReplicaId, ulong)[] seen) => new(Introduction(replica, seen));

    private static Frame.Hello Hello(ReplicaId replica) => new(SyncSession.MajorVersion, SyncSession.MinorVersion, SyncSession.TagOf(Introduction(replica)), 0, 0);

    private static Frame.Introduction Introduction(ReplicaId replica, params (ReplicaId, ulong)[] seen) =>
        new(replica, "somebody", TestSchema.Instance, [], default, default, TimeSpan.FromMinutes(1), [new(new("main", Vector(seen), new(), 7, 100), HasStaged: false)]);

    private static VersionVector Vector(params (ReplicaId, ulong)[] seen)
    {
        var vector = new VersionVector();
        foreach (var (replica, counter) in seen) vector.Advance(replica, counter);
        return vector;
    }
}
