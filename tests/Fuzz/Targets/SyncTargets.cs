using System.Buffers.Binary;
using System.Numerics;
using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Batches;
using Crdt.Sync.Compression;
using Crdt.Sync.Events;
using Crdt.Sync.Frames;
using Crdt.Sync.Sessions;
using Crdt.Tests.Fuzz.Inputs;

namespace Crdt.Tests.Fuzz.Targets;

/// <summary>What replicas send to each other.</summary>
internal static class SyncTargets
{
    public static IEnumerable<Target> Make(GraphSchema schema)
    {
        byte[][] events = [.. Events()];
        yield return new RoundTrip<GraphEvent>(
            "event", Allowance.Events, events, bytes => EventCodec.Read(bytes), read => EventCodec.Create(read.Lane, read.Origin, read.First, read.Last, read.Stamp, read.Dependencies, read.Changes).Bytes.ToArray())
        {
            Large = [.. TargetList.Crowds().Select(state => Crowded([new(Histories.Kinds.Id, state)])), Crowded(Tiny())],
        };
        yield return new BatchTarget<ReadOnlyMemory<byte>>(
            "batch of events", [.. new[] { 1, 5, 20 }.Select(count => EventBatchCodec.Encode([.. events.Take(count).Select(bytes => new ReadOnlyMemory<byte>(bytes))]))],
            bytes => EventBatchCodec.Decode(bytes), EventBatchCodec.Encode, bytes => bytes);
        yield return new BatchTarget<StoredEntity>("batch of rows", [.. RowBatches()], bytes => RowBatchCodec.Decode(bytes), RowBatchCodec.Encode, row => row.State);
        yield return new EnvelopeTarget([.. Envelopes(events)]);
        yield return new RoundTrip<Frame>("frame", Allowance.Objects, [.. Frames(schema, events)], bytes => Frame.Decode(bytes), read => read.Encode()) { Seal = Seal };
    }

    // What one replica did to two entities, under dots that follow its last ones.
    private static IEnumerable<byte[]> Events()
    {
        var origin = World.IdOf(0);
        for (var seed = 1ul; seed <= 20; seed++)
        {
            var replica = new Replica("A", origin, 0, new VirtualTime());
            var changes = new List<EntityDelta>();
            foreach (var subject in (Subject[])[Histories.Kinds, Histories.Keys])
            {
                var (state, dice) = (subject.New(replica), new Dice(seed));
                state.Create();
                for (var i = dice.Below(8); i >= 0; i--)
                {
                    var field = dice.Below(state.Fields.Count);
                    subject.Actions[field].Write((byte)dice.Next(), (byte)dice.Next(), state.Fields[field].ItemCount).TryRun(state.Fields[field]);
                }

                var id = changes.Count == 0 ? subject.Id : EntityId.Node(subject.Type, 43L);
                changes.Add(new(id, Law.Row(state, true)));
            }

            yield return EventCodec.Create("main", origin, 1, replica.LastNumber, new Stamp(seed << 16), new VersionVector(), changes).Bytes.ToArray();
        }
    }

    private static byte[] Crowded(IReadOnlyList<EntityDelta> changes) =>
        EventCodec.Create("main", new((UInt128)1), 1, 200, new Stamp(1), new VersionVector(), changes).Bytes.ToArray();

    private static EntityDelta[] Tiny() =>
        [.. Enumerable.Range(0, 2_000).Select(i => new EntityDelta(EntityId.Read([1, 0, 0, (byte)(i >> 8), (byte)i]), EncodedEntity.Empty))];

    private static IEnumerable<byte[]> Frames(GraphSchema schema, byte[][] events)
    {
        var vector = Histories.Vector(4);
        LaneIntroduction[] lanes = [new(new("main", vector, Histories.Vector(1), 17, 3), true), new(new("other", new(), new(), 0, 0), false)];
        yield return new Frame.Hello(1, 0, 7, 8, 9).Encode();
        yield return (new Frame.Hello(1, 1, 7, 8, 9) { Rest = new byte[] { 1, 2 } }).Encode();
        yield return new Frame.Introduction(World.IdOf(1), "peer", schema, [1, 0], new(5 << 16), new(6 << 16), TimeSpan.FromMinutes(1), lanes).Encode();
        yield return new Frame.Introduction(World.IdOf(1), "peer", null, [], default, default, default, []).Encode();
        yield return new Frame.Events("main", events[0]).Encode();
        yield return new Frame.Events("other", default).Encode();
        yield return new Frame.Ack("main").Encode();
        yield return new Frame.Ack("main", 3, 300).Encode();
        yield return new Frame.Done("main").Encode();
        yield return new Frame.Freeze("main", vector, new(7 << 16), 3, 17).Encode();
        yield return new Frame.Syndromes("main", [1, 2, ulong.MaxValue]).Encode();
        yield return new Frame.Cells("main", 24, new byte[] { 1, 2, 3 }).Encode();
        yield return new Frame.More("main", 64).Encode();
        yield return new Frame.Leaves("main", new byte[64]).Encode();
        yield return new Frame.Differing("main", [0, 1, 17, 4095]).Encode();
        yield return new Frame.Items("main", 17, [1, ulong.MaxValue], true).Encode();
        yield return new Frame.Difference("main", [1, 2], [3], [4, 5, 6], false).Encode();
        yield return new Frame.Rows("main", new byte[] { 4, 5 }, true).Encode();
        yield return new Frame.Joined("main").Encode();
        yield return new Frame.Bye(SessionEnd.Complete, "").Encode();
    }

    private static IEnumerable<byte[]> RowBatches()
    {
        byte[][] states = [.. Histories.States(Histories.Kinds), .. Histories.States(Histories.Keys), .. GoldenVectors.Of("state", "row")];
        foreach (var chunk in states.Chunk(40)) yield return RowBatchCodec.Encode([.. chunk.Select((state, i) => new StoredEntity(EntityId.Read([1, 0, 0, 0, 1, (byte)i]), state))]);
        yield return RowBatchCodec.Encode([.. Enumerable.Range(0, 200).Select(i => new StoredEntity(EntityId.Read([1, 0, 0, 0, 1, (byte)i]), EncodedEntity.Empty))]);
    }

    private static IEnumerable<byte[]> Envelopes(byte[][] events) =>
        from compressor in CompressorChoice.Available
        from content in (byte[][])[events[0], [.. events.SelectMany(bytes => bytes)], new byte[100_000]]
        select CompressedEnvelope.Seal(content, compressor);

    private static byte[] Seal(byte[] input)
    {
        if (input.Length < 5) return input;
        byte[] frame = [.. input];
        var checksum = uint.MaxValue;
        ReadOnlySpan<byte> content = frame.AsSpan(0, frame.Length - 4);
        for (; content.Length >= sizeof(ulong); content = content[sizeof(ulong)..]) checksum = BitOperations.Crc32C(checksum, BitConverter.ToUInt64(content));
        foreach (var value in content) checksum = BitOperations.Crc32C(checksum, value);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(frame.Length - 4), ~checksum);
        return frame;
    }
}
