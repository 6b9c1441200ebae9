using System.Numerics;
using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Sync.Frames;
using Crdt.Sync.Lanes;
using Crdt.Sync.Sessions;
using Crdt.Tests.Sync.Model;

namespace Crdt.Tests.Sync.Lanes;

/// <summary>What is said of critical lanes, and what a lane that waits for them takes.</summary>
public sealed class LaneFrameTests
{
    private static readonly ReplicaId Ann = new((UInt128)1 << 96), Bob = new((UInt128)2 << 96);

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void An_introduction_says_which_lanes_are_critical(bool hasStaged, bool isCritical)
    {
        var introduction = Introduction(Ann, isCritical, hasStaged);
        var bytes = introduction.Encode();
        var read = Assert.IsType<Frame.Introduction>(Frame.Decode(bytes));
        Assert.Equal((hasStaged, isCritical), (read.Lanes[1].HasStaged, read.Lanes[1].IsCritical));
        Assert.Equal(bytes, read.Encode());
    }

    [Theory]
    [InlineData(LaneAccess.Read, true, false)]
    [InlineData(LaneAccess.Write, false, true)]
    [InlineData(LaneAccess.ReadWrite, false, false)]
    public void An_introduction_says_what_the_peer_may_do_in_a_lane(LaneAccess access, bool takesNothing, bool givesNothing)
    {
        var introduction = Introduction(Ann, true, true);
        introduction = introduction with { Lanes = [.. introduction.Lanes.Select(lane => lane.To(access))] };
        var read = Assert.IsType<Frame.Introduction>(Frame.Decode(introduction.Encode()));
        Assert.Equal((takesNothing, givesNothing), (read.Lanes[1].TakesNothing, read.Lanes[1].GivesNothing));
        Assert.Equal(introduction.Encode(), read.Encode());
    }

    [Fact]
    public void Flags_of_a_lane_that_there_are_not_are_malformed()
    {
        var content = Introduction(Ann, true, true).Encode()[..^4];
        Assert.Equal(3, content[^1]);
        content[^1] = 32;
        var checksum = uint.MaxValue;
        foreach (var value in content) checksum = BitOperations.Crc32C(checksum, value);
        var error = Assert.Throws<WireFormatException>(() => Frame.Decode((byte[])[.. content, .. BitConverter.GetBytes(~checksum).Reverse()]));
        Assert.Contains("flags", error.Message);
    }

    [Fact]
    public void A_lane_begins_when_the_critical_ones_are_through()
    {
        var session = Meet(out var begun);
        Assert.Equal("places", Assert.IsType<SessionAction.ReadLog>(Assert.Single(begun)).Lane);
        var sent = session.Continue("places", exchange => exchange.LogRead(new([new("places", Ann, 1, 5, new byte[] { 1 })], 1, IsLast: true)));
        Assert.All(sent, action => Assert.IsType<SessionAction.Send>(action));
        var next = session.Receive(new Frame.Ack("places").Encode());
        Assert.Equal("main", Assert.IsType<SessionAction.ReadLog>(Assert.Single(next)).Lane);
    }

    [Fact]
    public void Frames_that_no_lane_begins_with_end_the_session_while_the_lane_waits()
    {
        foreach (var frame in new Frame[]
        {
            new Frame.Ack("main"), new Frame.Syndromes("main", [1]), new Frame.Cells("main", 0, default), new Frame.More("main", 5), new Frame.Leaves("main", default), new Frame.Differing("main", []),
            new Frame.Items("main", 0, [], true), new Frame.Difference("main", [], [], [], true), new Frame.Rows("main", default, true), new Frame.Joined("main"),
            new Frame.Events("main", default), new Frame.Done("main"), new Frame.Freeze("main", new(), default, 0, 0), // Bob has nothing
        })
        {
            var session = Meet(out _);
            session.Receive(frame.Encode());
            Assert.Equal((SessionStatus.Failed, SessionEnd.Malformed), (session.Status, session.Failure?.Reason));
        }
    }

    /// <summary>Ann, who has something in both lanes, meets Bob, who has nothing and calls places critical.</summary>
    private static SyncSession Meet(out IReadOnlyList<SessionAction> begun)
    {
        var session = new SyncSession(Introduction(Ann, false, false, (Ann, 5)));
        session.Receive(new Frame.Hello(SyncSession.MajorVersion, SyncSession.MinorVersion, SyncSession.TagOf(Introduction(Bob, true, false)), 0, 0).Encode());
        begun = session.Receive(Introduction(Bob, true, false).Encode());
        return session;
    }

    private static Frame.Introduction Introduction(ReplicaId replica, bool isCritical, bool hasStaged, params (ReplicaId Replica, ulong Counter)[] seen)
    {
        var vector = new VersionVector();
        foreach (var (origin, counter) in seen) vector.Advance(origin, counter);
        LaneIntroduction[] lanes = [new(new("main", vector, new(), 7, 100), false), new(new("places", vector, new(), 7, 100), hasStaged) { IsCritical = isCritical }];
        return new(replica, "somebody", TestSchema.Instance, [], default, default, TimeSpan.FromMinutes(1), lanes);
    }
}
