using Crdt.Codec;
using Crdt.Signing;
using Crdt.Storage;
using Crdt.Sync.Batches;
using Crdt.Sync.Events;
using Crdt.Sync.Signatures;
using Crdt.Tests.Sync.Signatures;

namespace Crdt.Tests.Sync.Batches;

public sealed class LinkedBatchTests : IDisposable
{
    private readonly SignedAuthor _ann = new(ReplicaIdentity.Signed(), TimeProvider.System);
    private readonly SignedAuthor _bob = new(ReplicaIdentity.Signed(), TimeProvider.System);

    public void Dispose()
    {
        _ann.Dispose();
        _bob.Dispose();
    }

    [Fact]
    public void Signed_events_come_back_as_they_were()
    {
        var dice = new Random(3);
        var (anns, bobs) = (_ann.Run(30, 1), _bob.Run(30, 50));
        for (var i = 0; i < 300; i++)
        {
            var events = anns.Concat(bobs).Append(EventCodec.Create("main", new(7), 1, 1, new(1), new(), []))
                .Where(_ => dice.Next(3) > 0).OrderBy(one => dice.Next(4) == 0 ? (ulong)dice.Next(60) : one.First)
                .Select(one => SealedEvent.IsLinked(one.Bytes.Span) && dice.Next(4) == 0 ? WithSeal(one, dice) : one.Bytes).ToArray();
            var decoded = EventBatchCodec.Decode(EventBatchCodec.Encode(events));
            Assert.Equal(events.Select(one => Convert.ToHexString(one.Span)), decoded.Select(one => Convert.ToHexString(one.Span)));
        }
    }

    [Fact]
    public void What_names_the_event_before_it_costs_next_to_nothing()
    {
        ReadOnlyMemory<byte>[] signed = [.. _ann.Run(200, 1).Select(one => one.Bytes)];
        ReadOnlyMemory<byte>[] bare = [.. signed.Select(Bare)];
        Assert.InRange(EventBatchCodec.Encode(signed).Length, 0, EventBatchCodec.Encode(bare).Length + signed.Length + SealedEvent.SealSize + 8);
    }

    [Fact]
    public void An_altered_batch_is_refused_or_read_as_something_else_and_never_more()
    {
        var batch = EventBatchCodec.Encode([.. _ann.Run(20, 1).Select(one => one.Bytes)]);
        var dice = new Random(4);
        for (var i = 0; i < 5_000; i++)
        {
            var altered = batch.ToArray();
            altered[dice.Next(batch.Length)] ^= (byte)dice.Next(1, 256);
            var length = dice.Next(8) == 0 ? dice.Next(batch.Length) : batch.Length;
            try
            {
                EventBatchCodec.Decode(altered.AsSpan(0, length));
            }
            catch (WireFormatException)
            {
                // That is how it should be refused.
            }
        }
    }

    [Fact]
    public void Of_a_run_only_the_last_seal_travels()
    {
        var run = _ann.Run(5, 1).Select(_ann.Sealed).ToList();
        var stored = run.Select(one => new StoredEvent("main", one.Origin, one.First, one.Last, one.Bytes)).ToList();
        Assert.Equal([false, false, false, false, true], SealedRuns.Spare(stored).Select(one => !SealedEvent.SealOf(one).IsEmpty));
        stored.RemoveAt(3);
        Assert.Equal([false, false, true, true], SealedRuns.Spare(stored).Select(one => !SealedEvent.SealOf(one).IsEmpty));
    }

    /// <summary>The event with a seal, or with that of another one, and a path to it.</summary>
    private ReadOnlyMemory<byte> WithSeal(GraphEvent one, Random dice)
    {
        var (key, other) = (one.Origin == _ann.Id ? _ann.Key : _bob.Key, new byte[SealedEvent.HashSize * dice.Next(4)]);
        dice.NextBytes(other);
        return SealedEvent.With(one.Bytes, [.. SealedEvent.SealOf(SealedEvent.Seal(one.Bytes, key)).Span, .. other]);
    }

    /// <summary>The event as it would be without the hash of the one before it.</summary>
    private static ReadOnlyMemory<byte> Bare(ReadOnlyMemory<byte> encoded) => (byte[])[1, .. SealedEvent.ContentOf(encoded).Span[SealedEvent.HashSize..]];
}
