using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Sync.Batches;
using Crdt.Sync.Events;
using Crdt.Tests.Fuzz.Inputs;
using Crdt.Tests.Properties.Codec;

namespace Crdt.Tests.Sync.Batches;

/// <summary>Events come back byte for byte, in their order, and take less on the way.</summary>
public sealed class EventBatchTests
{
    private static readonly EntityType Node = new("Node", "Node", "main", new KeySchema("Id", ValueKind.Int64, "Id"), null, null);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Events_of_many_origins_and_lanes_come_back(int seed)
    {
        var states = Histories.States(Histories.Kinds).Concat(Histories.States(Histories.Keys)).ToArray();
        var dice = new Random(seed);
        for (var round = 0; round < 60; round++) ComeBack([.. Enumerable.Range(0, dice.Next(1, 60)).Select(_ => AnyEvent(dice, states))]);
    }

    [Fact]
    public void Events_that_follow_each_other_take_less_than_a_third()
    {
        var events = Follow(1_000).ToArray();
        Assert.InRange(ComeBack(events), 1, events.Sum(each => each.Length) / 3);
        foreach (var bytes in events) EventCodec.Read(bytes);
    }

    [Fact]
    public void Numbers_at_their_limits_come_back()
    {
        ulong[] numbers = [1, 2, long.MaxValue, ulong.MaxValue, 0, 1ul << 63];
        ComeBack([.. numbers.SelectMany(first => numbers.Select(count => Event("main", new(1), first, count, first ^ count, [(new(2), count), (new(3), first)], [])))]);
    }

    [Fact]
    public void Vectors_that_lose_what_they_had_come_back() => ComeBack(
    [
        Event("main", new(1), 5, 1, 9, [(new(1), 4), (new(2), 7)], []), Event("main", new(1), 6, 1, 9, [(new(2), 7)], []), Event("main", new(1), 7, 1, 9, [], []),
        Event("main", new(1), 8, 1, 9, [(new(3), 7)], []), Event("main", new(1), 9, 1, 9, [(new(0), 1), (new(1), 8), (new(3), 7)], []), Event("main", new(1), 1, 1, 9, [(new(3), 7)], []),
    ]);

    [Fact]
    public void Events_that_do_not_fit_into_columns_travel_as_they_are()
    {
        var good = Follow(20).ToArray();
        ComeBack([new byte[] { 2, 1, 0 }, .. good, Array.Empty<byte>(), good[3][..^1], .. good, new byte[500], Event("main", new(1), 1, 1, 1, [(new(2), 1), (new(1), 1)], [])]);
    }

    [Fact]
    public void Damaged_events_come_back_as_damaged_as_they_were()
    {
        var (good, dice) = (Follow(40).ToArray(), new Dice(20261126));
        for (var round = 0; round < 500; round++) ComeBack([.. good[..20], Mutation.Of(good[dice.Below(40)].ToArray(), dice), .. good[20..]]);
    }

    [Fact]
    public void No_events_are_a_batch_too() => ComeBack([]);

    [Fact]
    public void What_is_cut_off_or_followed_by_something_is_refused()
    {
        var batch = EventBatchCodec.Encode([.. Follow(50)]);
        for (var length = 0; length < batch.Length; length++) Refuse(batch[..length]);
        Refuse([.. batch, 0]);
        Refuse([2, .. batch[1..]]);
    }

    [Fact]
    public void Damage_is_refused_or_gives_other_events_and_never_another_error()
    {
        var (batch, dice) = (EventBatchCodec.Encode([.. Follow(50)]), new Dice(20261126));
        var read = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var input = Mutation.Of(batch, dice);
            try
            {
                read += EventBatchCodec.Decode(input).Count;
            }
            catch (WireFormatException error)
            {
                Assert.InRange(error.Offset, 0, input.Length);
            }
        }

        Assert.InRange(read, 1, int.MaxValue);
    }

    [Fact]
    public void A_batch_is_full_when_its_events_have_so_many_bytes()
    {
        var (events, builder, decoded) = (Follow(200).ToArray(), new EventBatchBuilder(4_000), new List<ReadOnlyMemory<byte>>());
        foreach (var bytes in events)
        {
            if (builder.TryAdd(bytes)) continue;
            Assert.InRange(builder.Size, 3_500, 4_000);
            decoded.AddRange(EventBatchCodec.Decode(builder.Build()));
            Assert.True(builder.TryAdd(bytes));
        }

        decoded.AddRange(EventBatchCodec.Decode(builder.Build()));
        Same(events, decoded);
        Assert.Throws<ArgumentException>(() => builder.TryAdd(new byte[RowBatchCodec.MaxRows]));
    }

    // One replica's changes to a counter of one node after another, each of which depends on the last.
    private static IEnumerable<ReadOnlyMemory<byte>> Follow(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            var origin = new ReplicaId((UInt128)77 << 80);
            var dot = new WireWriter(16);
            dot.WriteVarint((ulong)i);
            var number = dot.Finish();
            byte[] range = [0, .. number, 0], store = [0, .. number, 2, (byte)(i % 100), 0];
            var writer = new WireWriter(64);
            writer.WriteVarint(1);
            writer.WriteReplica(origin);
            writer.WriteBlock(range);
            writer.WriteBlock([]);
            writer.WriteUInt32(7);
            writer.WriteByte((byte)FieldKind.Counter);
            writer.WriteBlock(store);
            var vector = new VersionVector();
            if (i > 1) vector.Advance(origin, (ulong)i - 1);
            vector.Advance(new((UInt128)99 << 90), 1 + ((ulong)i / 50));
            yield return EventCodec.Create("main", origin, (ulong)i, (ulong)i, new((ulong)(i / 10) << 16), vector, [new(EntityId.Node(Node, (long)(i * 37 % 1_000)), writer.Finish())]).Bytes;
        }
    }

    private static ReadOnlyMemory<byte> AnyEvent(Random dice, byte[][] states)
    {
        (ReplicaId, ulong)[] vector = [.. Enumerable.Range(1, 5).Where(_ => dice.Next(3) > 0).Select(i => (new ReplicaId((UInt128)i), (ulong)dice.Next(1_000)))];
        EntityDelta[] changes = [.. Enumerable.Range(0, dice.Next(4)).Select(_ => new EntityDelta(EntityId.Node(Node, (long)dice.Next(100)), states[dice.Next(states.Length)]))];
        return Event(dice.Next(4) == 0 ? "slow" : "main", new((UInt128)dice.Next(1, 4)), (ulong)dice.Next(1, 1_000), (ulong)dice.Next(1, 9), (ulong)dice.NextInt64(), vector, changes);
    }

    private static ReadOnlyMemory<byte> Event(string lane, ReplicaId origin, ulong first, ulong count, ulong stamp, (ReplicaId Replica, ulong Number)[] vector, EntityDelta[] changes)
    {
        var writer = new WireWriter(256);
        writer.WriteByte(1);
        writer.WriteText(lane);
        writer.WriteReplica(origin);
        writer.WriteVarint(first);
        writer.WriteVarint(count);
        writer.WriteUInt64(stamp);
        writer.WriteVarint((ulong)vector.Length);
        foreach (var (replica, number) in vector)
        {
            writer.WriteReplica(replica);
            writer.WriteVarint(number);
        }

        foreach (var change in changes)
        {
            writer.WriteBlock(change.Id.Bytes);
            writer.WriteBlock(change.State.Span);
        }

        return writer.Finish();
    }

    private static int ComeBack(ReadOnlyMemory<byte>[] events)
    {
        var batch = EventBatchCodec.Encode(events);
        Same(events, EventBatchCodec.Decode(batch));
        return batch.Length;
    }

    private static void Same(IReadOnlyList<ReadOnlyMemory<byte>> events, IReadOnlyList<ReadOnlyMemory<byte>> decoded) =>
        Assert.Equal(events.Select(each => Convert.ToHexString(each.Span)), decoded.Select(each => Convert.ToHexString(each.Span)));

    private static void Refuse(byte[] bytes)
    {
        var error = Assert.Throws<WireFormatException>(() => EventBatchCodec.Decode(bytes));
        Assert.InRange(error.Offset, 0, bytes.Length);
    }
}
