using System.Collections.Immutable;
using Crdt.Codec;
using Crdt.Sync.Commit;

namespace Crdt.Sync.Distributed;

/// <summary>
/// The records of a coordinator and a participant that still mean something, as one note of the store: what a later one supersedes, and what has ended, is
/// left out. Immutable, so that the one before stays until its successor is durable.
/// <code>
/// note := block(record)*
/// </code>
/// </summary>
internal sealed record CommitLog
{
    /// <summary>Where it is noted.</summary>
    public const string NoteKey = "commit";

    /// <summary>A replica promises nothing more once its promises take so many bytes: each record is written with all that there are.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private ImmutableSortedDictionary<(TransactionId Id, Slot Slot), (CommitRecord Record, byte[] Bytes)> Records { get; init; } =
        ImmutableSortedDictionary<(TransactionId, Slot), (CommitRecord, byte[])>.Empty;

    /// <summary>Both roles of one replica may have records of one transaction; a settlement needs the promise that it settles.</summary>
    private enum Slot
    {
        Numbers,
        Decision,
        Floor,
        Promise,
        Settlement,
    }

    /// <summary>A log of nothing.</summary>
    public static CommitLog Empty { get; } = new();

    /// <summary>The records, in an order in which they can be restored.</summary>
    public IEnumerable<CommitRecord> All => Records.OrderBy(entry => entry.Key.Slot).Select(entry => entry.Value.Record);

    /// <summary>What was promised, as far as the log knows of no outcome.</summary>
    public IEnumerable<TransactionId> Promised => Records.Values.Select(entry => entry.Record).OfType<CommitRecord.Prepared>().Select(record => record.Id);

    /// <summary>How many bytes it takes.</summary>
    public long Bytes => Records.Values.Sum(entry => (long)entry.Bytes.Length);

    /// <summary>Reads a log. O(bytes).</summary>
    /// <exception cref="WireFormatException">It is damaged.</exception>
    public static CommitLog Read(ReadOnlyMemory<byte> note)
    {
        var log = Empty;
        var reader = new WireReader(note.Span);
        while (reader.Remaining > 0) log = log.With(CommitRecordCodec.Decode(reader.ReadContent(note, CommitRecordCodec.MaxRecord)));
        return log;
    }

    /// <summary>The log with a record more, and without what that one makes superfluous.</summary>
    public CommitLog With(CommitRecord record)
    {
        var records = record switch
        {
            CommitRecord.Ended => Records.Remove((record.Id, Slot.Decision)),
            CommitRecord.Numbers => Records.RemoveRange(Records.Keys.Where(key => key.Slot == Slot.Numbers && key.Id.Coordinator == record.Id.Coordinator)),
            CommitRecord.Floor => Records.RemoveRange(Records.Keys.Where(key => IsBelow(key, record.Id))),
            CommitRecord.Committed or CommitRecord.Aborted => Records.Remove((record.Id, Slot.Settlement)),
            _ => Records,
        };
        if (record is CommitRecord.Ended) return this with { Records = records };
        return this with { Records = records.SetItem((record.Id, SlotOf(record)), (record, CommitRecordCodec.Encode(record))) };
    }

    /// <summary>The note. O(bytes).</summary>
    public ReadOnlyMemory<byte> Note()
    {
        var writer = new WireWriter(256);
        foreach (var (_, bytes) in Records.OrderBy(entry => entry.Key.Slot).Select(entry => entry.Value)) writer.WriteBlock(bytes);
        return writer.Finish();
    }

    // What is below the floor is over, and who had promised and never acknowledged it takes it for aborted.
    private static bool IsBelow((TransactionId Id, Slot Slot) key, TransactionId floor) =>
        key.Id.Coordinator == floor.Coordinator && (key.Slot == Slot.Floor || (key.Slot is Slot.Promise or Slot.Settlement && key.Id.Number < floor.Number));

    private static Slot SlotOf(CommitRecord record) => record switch
    {
        CommitRecord.Numbers => Slot.Numbers,
        CommitRecord.Decision => Slot.Decision,
        CommitRecord.Floor => Slot.Floor,
        CommitRecord.Settled => Slot.Settlement,
        _ => Slot.Promise,
    };
}
