using System.Numerics;
using Crdt.Codec;
using Crdt.Signing;
using Crdt.Sync.Commit;
using Crdt.Sync.Sessions;

namespace Crdt.Sync.Frames;

/// <content>How frames are written.</content>
public abstract partial record Frame
{
    private const int ChecksumSize = 4;
    private const int StagedFlag = 1, CriticalFlag = 2, TakesNothingFlag = 4, GivesNothingFlag = 8, TakesSignedOnlyFlag = 16;
    private const byte StaysFlag = 1, ChallengeFlag = 2;

    /// <summary>The frame's bytes: its type, its lane if it has one, its body, and a checksum of all that.</summary>
    public byte[] Encode()
    {
        var writer = new WireWriter(1024);
        writer.WriteByte((byte)Type);
        if (this is OfLane frame)
        {
            writer.WriteText(frame.Lane);
            WriteOfLane(ref writer, frame);
        }
        else
        {
            WriteGeneral(ref writer);
        }

        writer.WriteUInt32(Checksum(writer.Written));
        return writer.Finish();
    }

    private void WriteGeneral(ref WireWriter writer)
    {
        switch (this)
        {
            case Hello hello:
                writer.WriteByte((byte)hello.Major);
                writer.WriteByte((byte)hello.Minor);
                writer.WriteUInt32(hello.Tag);
                writer.WriteUInt32(hello.SchemaTag);
                writer.WriteUInt128(hello.State);
                if (hello.Stays || !hello.Challenge.IsEmpty) writer.WriteByte((byte)((hello.Stays ? StaysFlag : 0) | (hello.Challenge.IsEmpty ? 0 : ChallengeFlag)));
                writer.WriteBytes(hello.Challenge.Span);
                writer.WriteBytes(hello.Rest.Span);
                break;
            case Introduction introduction:
                WriteIntroduction(ref writer, introduction);
                break;
            case Ready ready:
                writer.WriteByte((byte)ready.Major);
                writer.WriteReplica(ready.Replica);
                writer.WriteReplicas(ready.Former);
                writer.WriteBlock([.. ready.Codecs]);
                break;
            case Commit commit:
                writer.WriteBytes(commit.Message.Span);
                break;
            case Bye bye:
                writer.WriteByte((byte)bye.Reason);
                writer.WriteText(bye.Text);
                break;
            default:
                throw new InvalidOperationException($"There is no wire form of {Type}.");
        }
    }

    private static void WriteIntroduction(ref WireWriter writer, Introduction introduction)
    {
        writer.WriteReplica(introduction.Replica);
        writer.WriteText(introduction.Name);
        writer.WriteByte(introduction.Schema is null ? (byte)0 : (byte)1);
        introduction.Schema?.Write(ref writer);
        writer.WriteBlock([.. introduction.Codecs]);
        writer.WriteUInt64(introduction.Wall.Value);
        writer.WriteUInt64(introduction.Clock.Value);
        writer.WriteVarint((ulong)introduction.MaxClockLead.TotalMilliseconds);
        writer.WriteVarint((ulong)introduction.Lanes.Count);
        foreach (var lane in introduction.Lanes)
        {
            var standing = lane.Standing;
            writer.WriteText(standing.Lane);
            standing.Vector.Write(ref writer);
            standing.Floor.Write(ref writer);
            writer.WriteUInt128(standing.Root);
            writer.WriteVarint((ulong)standing.Count);
            writer.WriteByte((byte)((lane.HasStaged ? StagedFlag : 0) | (lane.IsCritical ? CriticalFlag : 0) | (lane.TakesNothing ? TakesNothingFlag : 0) | (lane.GivesNothing ? GivesNothingFlag : 0) | (lane.TakesSignedOnly ? TakesSignedOnlyFlag : 0)));
        }

        WriteProof(ref writer, introduction.Proof);
    }

    private static void WriteProof(ref WireWriter writer, IdentityProof? proof)
    {
        if (proof is null) return;
        writer.WriteBytes(proof.PublicKey.Span);
        writer.WriteBytes(proof.Signature.Span);
    }

    private static void WriteOfLane(ref WireWriter writer, OfLane frame)
    {
        switch (frame)
        {
            case Done done:
                if (done.End != LogEnd.Whole) writer.WriteByte((byte)done.End);
                break;
            case Joined:
                break;
            case Ack ack:
                writer.WriteVarint((ulong)ack.Held);
                writer.WriteVarint((ulong)ack.Refused);
                break;
            case Events events:
                writer.WriteBytes(events.Batch.Span);
                break;
            case Freeze freeze:
                freeze.Vector.Write(ref writer);
                writer.WriteUInt64(freeze.Clock.Value);
                writer.WriteVarint((ulong)freeze.Count);
                writer.WriteUInt128(freeze.Root);
                break;
            case Syndromes syndromes:
                WriteItems(ref writer, syndromes.Sums);
                break;
            case Cells cells:
                writer.WriteVarint((ulong)cells.From);
                writer.WriteBytes(cells.Run.Span);
                break;
            case More more:
                writer.WriteVarint((ulong)more.UpTo);
                break;
            case Leaves leaves:
                writer.WriteBytes(leaves.Hashes.Span);
                break;
            case Differing differing:
                WriteLeaves(ref writer, differing.Numbers);
                break;
            case Items items:
                writer.WriteByte(items.IsLast ? (byte)1 : (byte)0);
                writer.WriteVarint((ulong)items.Leaf);
                WriteItems(ref writer, items.Values);
                break;
            case Difference difference:
                writer.WriteByte(difference.IsLast ? (byte)1 : (byte)0);
                WriteItems(ref writer, difference.Wanted);
                WriteItems(ref writer, difference.Held);
                WriteItems(ref writer, difference.Offered);
                break;
            case Lacks lacks:
                lacks.Vector.Write(ref writer);
                break;
            case Rows rows:
                writer.WriteByte(rows.IsLast ? (byte)1 : (byte)0);
                writer.WriteBytes(rows.Batch.Span);
                break;
            default:
                throw new InvalidOperationException($"There is no wire form of {frame.Type}.");
        }
    }

    // Steps between ascending numbers, so that a frame has one form.
    private static void WriteLeaves(ref WireWriter writer, IReadOnlyList<int> numbers)
    {
        writer.WriteVarint((ulong)numbers.Count);
        var last = -1;
        foreach (var number in numbers)
        {
            writer.WriteVarint((ulong)(number - last - 1));
            last = number;
        }
    }

    private static void WriteItems(ref WireWriter writer, IReadOnlyList<ulong> items)
    {
        writer.WriteVarint((ulong)items.Count);
        foreach (var item in items) writer.WriteUInt64(item);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var checksum = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) checksum = BitOperations.Crc32C(checksum, BitConverter.ToUInt64(bytes));
        foreach (var value in bytes) checksum = BitOperations.Crc32C(checksum, value);
        return ~checksum;
    }
}
