using Crdt.Codec;

namespace Crdt.Sync.Commit;

/// <summary>
/// The bytes of <see cref="CommitMessage"/>, which are to travel inside frames and so carry no checksum of their own. Whatever is accepted is in its one canonical form.
/// <code>
/// message := type[1] coordinator[16] number[8] body
/// </code>
/// </summary>
internal static class CommitMessageCodec
{
    /// <summary>The largest message, in bytes: with what it is wrapped in, it has to fit into a frame.</summary>
    public const int MaxMessage = WireLimits.Frame - 512;

    /// <summary>The most participants of a transaction.</summary>
    public const int MaxParticipants = 64;

    private const int MaxText = 1024;
    private const ulong MaxLeaseMilliseconds = 24 * 60 * 60 * 1000;

    private enum MessageType : byte
    {
        Prepare = 1,
        Vote = 2,
        Outcome = 3,
        Acknowledge = 4,
        Inquire = 5,
        Answer = 6,
        RaiseFloor = 7,
    }

    /// <summary>The bytes of a message.</summary>
    /// <exception cref="ArgumentException">It exceeds a limit, its lists do not ascend, or its event is not the coordinator's: nobody could read it.</exception>
    public static byte[] Encode(CommitMessage message)
    {
        var writer = new WireWriter(256);
        writer.WriteByte((byte)TypeOf(message));
        writer.WriteTransaction(message.Id);
        WriteBody(ref writer, message);
        var bytes = writer.Finish();
        try
        {
            Decode(bytes);
        }
        catch (WireFormatException error)
        {
            throw new ArgumentException($"The message has no wire form. {error.Message}", nameof(message), error);
        }

        return bytes;
    }

    /// <summary>Reads a message.</summary>
    /// <exception cref="WireFormatException">It is truncated, altered, oversized, or no message at all.</exception>
    public static CommitMessage Decode(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaxMessage) throw new WireFormatException($"a message of {bytes.Length} bytes exceeds the limit of {MaxMessage}", 0);
        var reader = new WireReader(bytes.Span);
        var type = (MessageType)reader.ReadByte();
        var id = reader.ReadTransaction();
        CommitMessage message = type switch
        {
            MessageType.Prepare => ReadPrepare(ref reader, id, bytes),
            MessageType.Vote => new CommitMessage.Vote(id, ReadRefusal(ref reader)),
            MessageType.Outcome => ReadOutcome(ref reader, id, bytes),
            MessageType.Acknowledge => new CommitMessage.Acknowledge(id),
            MessageType.Inquire => new CommitMessage.Inquire(id, reader.ReadReplica()),
            MessageType.Answer => ReadAnswer(ref reader, id, bytes),
            MessageType.RaiseFloor => new CommitMessage.RaiseFloor(id),
            _ => throw new WireFormatException($"there is no message of type {(byte)type}", 0),
        };
        reader.End();
        return message;
    }

    private static MessageType TypeOf(CommitMessage message) => message switch
    {
        CommitMessage.Prepare => MessageType.Prepare,
        CommitMessage.Vote => MessageType.Vote,
        CommitMessage.Outcome => MessageType.Outcome,
        CommitMessage.Acknowledge => MessageType.Acknowledge,
        CommitMessage.Inquire => MessageType.Inquire,
        CommitMessage.Answer => MessageType.Answer,
        CommitMessage.RaiseFloor => MessageType.RaiseFloor,
        _ => throw new InvalidOperationException($"There is no wire form of {message.GetType().Name}."),
    };

    private static void WriteBody(ref WireWriter writer, CommitMessage message)
    {
        switch (message)
        {
            case CommitMessage.Prepare prepare:
                writer.WriteVarint(prepare.Floor);
                writer.WriteVarint((ulong)prepare.Lease.TotalMilliseconds);
                writer.WriteReplicas(prepare.Participants);
                writer.WriteEntities(prepare.Entities);
                writer.WriteBlock(prepare.Operations.Span);
                break;
            case CommitMessage.Vote vote:
                WriteRefusal(ref writer, vote.Refusal);
                break;
            case CommitMessage.Outcome outcome:
                writer.WriteByte((byte)(outcome.Event is null ? CommitOutcome.Abort : CommitOutcome.Commit));
                if (outcome.Event is { } content) writer.WriteBlock(content.Span);
                break;
            case CommitMessage.Inquire inquiry:
                writer.WriteReplica(inquiry.Asked);
                break;
            case CommitMessage.Answer answer:
                writer.WriteByte((byte)answer.Kind);
                if (answer.Kind == AnswerKind.Committed) writer.WriteBlock(answer.Event.Span);
                break;
        }
    }

    private static CommitMessage.Prepare ReadPrepare(ref WireReader reader, TransactionId id, ReadOnlyMemory<byte> bytes)
    {
        var floor = reader.ReadVarint();
        if (floor > id.Number) throw reader.Malformed("a transaction that is asked for can't be over");
        var lease = reader.ReadVarint();
        if (lease is 0 or > MaxLeaseMilliseconds) throw reader.Malformed("a lease is out of range");
        return new(
            id, floor, TimeSpan.FromMilliseconds(lease), reader.ReadReplicas(MaxParticipants), reader.ReadEntities(), reader.ReadContent(bytes, WireLimits.Record));
    }

    private static void WriteRefusal(ref WireWriter writer, Refusal? refusal)
    {
        writer.WriteByte((byte)(refusal?.Reason ?? 0));
        if (refusal is null) return;
        writer.WriteText(refusal.Text);
        if (refusal.Reason == RefusalReason.Reserved) writer.WriteTransaction(refusal.Holder ?? throw new ArgumentException("Who holds the reservation is missing."));
    }

    private static Refusal? ReadRefusal(ref WireReader reader)
    {
        var reason = (RefusalReason)reader.ReadByte();
        if (reason == 0) return null;
        if (reason > RefusalReason.Taken) throw reader.Malformed("there is no such reason");
        var text = reader.ReadText(MaxText);
        return new(reason, text, reason == RefusalReason.Reserved ? reader.ReadTransaction() : null);
    }

    private static CommitMessage.Outcome ReadOutcome(ref WireReader reader, TransactionId id, ReadOnlyMemory<byte> bytes) => (CommitOutcome)reader.ReadByte() switch
    {
        CommitOutcome.Commit => new(id, reader.ReadEvent(bytes, id)),
        CommitOutcome.Abort => new(id, null),
        _ => throw reader.Malformed("there is no such outcome"),
    };

    private static CommitMessage.Answer ReadAnswer(ref WireReader reader, TransactionId id, ReadOnlyMemory<byte> bytes) => (AnswerKind)reader.ReadByte() switch
    {
        AnswerKind.Committed => new(id, AnswerKind.Committed, reader.ReadEvent(bytes, id)),
        var kind and (AnswerKind.Aborted or AnswerKind.InDoubt or AnswerKind.Unknown) => new(id, kind),
        _ => throw reader.Malformed("there is no such answer"),
    };
}
