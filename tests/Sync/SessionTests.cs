using System.Numerics;
using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Sessions;
using Crdt.Tests.Sync.Model;

namespace Crdt.Tests.Sync;

/// <summary>The session as what it is: a state machine that is told things and says things.</summary>
public sealed class SessionTests
{
    private static readonly ReplicaId Ann = new(1), Bob = new(2);

    [Fact]
    public void Equal_replicas_find_out_and_part()
    {
        var (ann, bob) = (Session(Ann, (Ann, 5)), Session(Bob, (Ann, 5)));
        Converse(ann, bob);
        Assert.Equal((SessionStatus.Complete, SyncMode.Equal, "1.0"), (ann.Status, ann.Mode, ann.ProtocolVersion));
        Assert.Equal((SessionStatus.Complete, SyncMode.Equal), (bob.Status, bob.Mode));
    }

    [Fact]
    public void A_handshake_establishes_the_session()
    {
        var (ann, bob) = (Session(Ann, (Ann, 5)), Session(Bob, (Ann, 3)));
        bob.Receive(Sent(ann.Start()));
        Assert.Equal((SessionStatus.Established, SyncMode.Incremental, Ann), (bob.Status, bob.Mode, bob.Peer!.Replica));
    }

    [Fact]
    public void At_most_a_window_of_frames_is_unconfirmed()
    {
        var (ann, bob) = (Session(Ann, (Ann, 9)), Session(Bob));
        var read = Assert.IsType<SessionAction.ReadLog>(Assert.Single(ann.Receive(Sent(bob.Start()))));
        var events = new List<StoredEvent> { new("main", Ann, 1, 1, new byte[] { 1 }) };
        for (var i = 1; i < SyncSession.Window; i++)
        {
            Assert.IsType<SessionAction.ReadLog>(ann.LogRead(read.Lane, new(events, i, IsLast: false))[^1]);
        }

        Assert.IsType<SessionAction.Send>(Assert.Single(ann.LogRead(read.Lane, new(events, 9, IsLast: false))));
        var next = Assert.Single(ann.Receive(new Frame.Ack("main", Vector((Ann, 1))).Encode()));
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
        var session = Session(Ann);
        session.Receive((Hello(Bob) with { Minor = 7 }).Encode());
        Assert.Equal((SessionStatus.Established, "1.0"), (session.Status, session.ProtocolVersion));
    }

    [Fact]
    public void Another_graph_is_refused_with_both_named()
    {
        var session = Session(Ann);
        var other = new GraphSchema("other", 3, [.. TestSchema.Instance.Types]);
        AssertRefused(session, session.Receive((Hello(Bob) with { Schema = other }).Encode()), SessionEnd.SchemaConflict, "test version 1", "other version 3");
    }

    [Fact]
    public void A_field_that_merges_differently_there_is_refused()
    {
        var session = Session(Ann);
        var person = new EntityType("Person", "Person", "main", new("Id", ValueKind.Int64, "Id"), null, null, new FieldSchema("Stock", FieldKind.Register, ValueKind.Int64, false, "Stock"));
        var reply = session.Receive((Hello(Bob) with { Schema = new("test", 2, person) }).Encode());
        AssertRefused(session, reply, SessionEnd.SchemaConflict, "Person.Stock", "Counter", "Register");
    }

    [Fact]
    public void A_replica_does_not_talk_to_its_own_copy()
    {
        var session = Session(Ann);
        AssertRefused(session, session.Receive(Hello(Ann).Encode()), SessionEnd.SameReplica, "copy");
    }

    [Fact]
    public void Every_frame_that_is_truncated_or_altered_ends_the_session()
    {
        foreach (var frame in new[] { Hello(Bob).Encode(), new Frame.Done("main", Vector((Ann, 3))).Encode() })
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
    public void A_frame_before_the_greeting_ends_the_session(FrameType type)
    {
        var session = Session(Ann);
        Frame frame = type switch
        {
            FrameType.Ack => new Frame.Ack("main", new()),
            FrameType.Done => new Frame.Done("main", new()),
            _ => new Frame.Events("main", []),
        };
        AssertRefused(session, session.Receive(frame.Encode()), SessionEnd.Malformed, type.ToString(), "Connecting");
    }

    [Fact]
    public void Frames_that_the_state_does_not_allow_end_the_session()
    {
        foreach (var frame in new Frame[]
        {
            Hello(Bob), new Frame.Ack("main", new()), new Frame.Ack("nowhere", new()), new Frame.Done("nowhere", new()),
            new Frame.Events("nowhere", []), new Frame.Bye(SessionEnd.Complete, ""),
        })
        {
            var session = Session(Ann);
            session.Receive(Hello(Bob).Encode());
            AssertRefused(session, session.Receive(frame.Encode()), SessionEnd.Malformed);
        }
    }

    [Fact]
    public void A_peer_that_goes_away_fails_the_session()
    {
        var session = Session(Ann);
        session.Receive(Hello(Bob).Encode());
        session.Disconnected();
        Assert.Equal(SessionStatus.Failed, session.Status);
        Assert.Contains("sync again", session.Failure!.Message);
    }

    /// <summary>Found by fuzzing: lanes in any order were accepted, so that one hello had several forms.</summary>
    [Fact]
    public void The_lanes_of_a_hello_ascend()
    {
        var hello = Hello(Bob) with { Vectors = new Dictionary<string, VersionVector> { ["a"] = new(), ["b"] = new() } };
        var bytes = hello.Encode();
        Assert.Equal(bytes, Frame.Decode(bytes).Encode());
        Assert.Equal(bytes[^4..], Checksum(bytes[..^4]));
        byte[] content = [.. bytes[..^10], 1, (byte)'b', 0, 1, (byte)'a', 0];
        AssertMalformed([.. content, .. Checksum(content)]);
        content[^2] = (byte)'b';
        AssertMalformed([.. content, .. Checksum(content)]);
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

    /// <summary>Carries frames to and fro between two sessions that have nothing to read.</summary>
    private static void Converse(SyncSession left, SyncSession right)
    {
        var mail = new Queue<(SyncSession To, SessionAction Action)>();
        foreach (var action in left.Start()) mail.Enqueue((right, action));
        foreach (var action in right.Start()) mail.Enqueue((left, action));
        while (mail.TryDequeue(out var letter))
        {
            var (to, from) = (letter.To, letter.To == left ? right : left);
            switch (letter.Action)
            {
                case SessionAction.Send send:
                    foreach (var action in to.Receive(send.Frame)) mail.Enqueue((from, action));
                    break;
                case SessionAction.ReadLog read:
                    foreach (var action in from.LogRead(read.Lane, new([], 0, IsLast: true))) mail.Enqueue((to, action));
                    break;
            }
        }
    }

    private static ReadOnlyMemory<byte> Sent(IReadOnlyList<SessionAction> actions) => Assert.IsType<SessionAction.Send>(actions[0]).Frame;

    private static SyncSession Session(ReplicaId replica, params (ReplicaId, ulong)[] seen) => new(Hello(replica, seen));

    private static Frame.Hello Hello(ReplicaId replica, params (ReplicaId, ulong)[] seen) =>
        new(SyncSession.MajorVersion, SyncSession.MinorVersion, replica, "somebody", TestSchema.Instance, new Dictionary<string, VersionVector> { ["main"] = Vector(seen) });

    private static VersionVector Vector(params (ReplicaId, ulong)[] seen)
    {
        var vector = new VersionVector();
        foreach (var (replica, counter) in seen) vector.Advance(replica, counter);
        return vector;
    }
}
