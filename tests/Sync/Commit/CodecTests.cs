using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Sync.Commit;
using Crdt.Sync.Events;

namespace Crdt.Tests.Sync.Commit;

/// <summary>The bytes of messages and records: what is accepted is in its one form, and everything else is refused.</summary>
public sealed class CodecTests
{
    private static readonly byte[] Operations = [7, 8, 9];

    private static readonly CommitMessage[] Messages =
    [
        new CommitMessage.Prepare(Cast.Id with { Number = 300 }, 200, TimeSpan.FromSeconds(10), Cast.Participants(3), [Cast.Entity, Cast.Other], Operations),
        new CommitMessage.Vote(Cast.Id, null),
        new CommitMessage.Vote(Cast.Id, new(RefusalReason.Invalid, "kein Konto für ä")),
        new CommitMessage.Vote(Cast.Id, new(RefusalReason.Reserved, "", Cast.Id with { Number = 2 })),
        new CommitMessage.Outcome(Cast.Id, Cast.Event),
        new CommitMessage.Outcome(Cast.Id, null),
        new CommitMessage.Acknowledge(Cast.Id),
        new CommitMessage.Inquire(Cast.Id, Cast.Bob),
        new CommitMessage.Answer(Cast.Id, AnswerKind.Committed, Cast.Event),
        new CommitMessage.Answer(Cast.Id, AnswerKind.Aborted),
        new CommitMessage.Answer(Cast.Id, AnswerKind.InDoubt),
        new CommitMessage.Answer(Cast.Id, AnswerKind.Unknown),
        new CommitMessage.RaiseFloor(Cast.Id),
    ];

    private static readonly CommitRecord[] Records =
    [
        new CommitRecord.Numbers(Cast.Id),
        new CommitRecord.Decision(Cast.Id, Cast.Participants(3), Cast.Event),
        new CommitRecord.Ended(Cast.Id),
        new CommitRecord.Prepared(Cast.Id, Cast.Participants(2), [Cast.Entity, Cast.Other], Operations),
        new CommitRecord.Committed(Cast.Id, Cast.Event),
        new CommitRecord.Aborted(Cast.Id),
        new CommitRecord.Floor(Cast.Id),
        new CommitRecord.Settled(Cast.Id, CommitOutcome.Commit),
        new CommitRecord.Settled(Cast.Id, CommitOutcome.Abort),
    ];

    private delegate byte[] Recoding(byte[] bytes);

    private static IEnumerable<(byte[] Bytes, Recoding Recode)> All =>
    [
        .. Messages.Select(message => (CommitMessageCodec.Encode(message), (Recoding)(bytes => CommitMessageCodec.Encode(CommitMessageCodec.Decode(bytes))))),
        .. Records.Select(record => (CommitRecordCodec.Encode(record), (Recoding)(bytes => CommitRecordCodec.Encode(CommitRecordCodec.Decode(bytes))))),
    ];

    [Fact]
    public void Every_kind_survives_and_has_one_form()
    {
        foreach (var (bytes, recode) in All) Assert.Equal(bytes, recode(bytes));
        Assert.Equal(Messages.Select(each => each.GetType()), Messages.Select(each => CommitMessageCodec.Decode(CommitMessageCodec.Encode(each)).GetType()));
        Assert.Equal(Records.Select(each => each.GetType()), Records.Select(each => CommitRecordCodec.Decode(CommitRecordCodec.Encode(each)).GetType()));
        Assert.Equal(typeof(CommitMessage).GetNestedTypes().Length, Messages.Select(each => each.GetType()).Distinct().Count());
        Assert.Equal(typeof(CommitRecord).GetNestedTypes().Length, Records.Select(each => each.GetType()).Distinct().Count());
    }

    [Fact]
    public void What_was_cut_or_extended_is_refused()
    {
        foreach (var (bytes, recode) in All)
        {
            for (var length = 0; length < bytes.Length; length++) Assert.Throws<WireFormatException>(() => recode(bytes[..length]));
            Assert.Throws<WireFormatException>(() => recode([.. bytes, 0]));
        }
    }

    [Fact]
    public void What_was_altered_is_refused_or_in_its_one_form()
    {
        var (refused, accepted) = (0, 0);
        foreach (var (bytes, recode) in All)
        {
            for (var at = 0; at < bytes.Length; at++)
            {
                for (var value = 0; value < 256; value++)
                {
                    byte[] altered = [.. bytes];
                    altered[at] = (byte)value;
                    try
                    {
                        Assert.Equal(altered, recode(altered));
                        accepted++;
                    }
                    catch (WireFormatException)
                    {
                        refused++;
                    }
                }
            }
        }

        Assert.True(refused > 10_000 && accepted > 10_000, $"{refused} refused, {accepted} accepted");
    }

    [Fact]
    public void An_event_that_is_not_the_coordinators_is_refused()
    {
        var foreign = EventCodec.Create("main", Cast.Bob, 1, 1, new(1), new(), []).Bytes;
        Assert.Throws<ArgumentException>(() => CommitMessageCodec.Encode(new CommitMessage.Outcome(Cast.Id, foreign)));
        Assert.Throws<WireFormatException>(() => CommitRecordCodec.Decode(CommitRecordCodec.Encode(new CommitRecord.Committed(Cast.Id, foreign))));
    }

    [Fact]
    public void Limits_are_kept_before_anything_is_allocated()
    {
        var question = (CommitMessage.Prepare)Messages[0];
        ReplicaId[] many = [.. Enumerable.Range(1, CommitMessageCodec.MaxParticipants + 1).Select(i => new ReplicaId((UInt128)i))];
        foreach (var message in new[]
        {
            question with { Participants = many },
            question with { Participants = [] },
            question with { Participants = [Cast.Bob, Cast.Ann] },
            question with { Entities = [Cast.Other, Cast.Entity] },
            question with { Entities = [Cast.Entity, Cast.Entity] },
            question with { Lease = TimeSpan.Zero },
            question with { Lease = TimeSpan.FromDays(2) },
            question with { Floor = 301 },
            question with { Operations = new byte[WireLimits.Record + 1] },
            question with { Id = Cast.Id with { Number = 0 }, Floor = 0 },
        })
        {
            Assert.Throws<ArgumentException>(() => CommitMessageCodec.Encode(message));
        }

        Assert.Throws<ArgumentException>(() => CommitMessageCodec.Encode(new CommitMessage.Vote(Cast.Id, new(RefusalReason.Invalid, new string('x', 1025)))));
        Assert.Throws<WireFormatException>(() => CommitMessageCodec.Decode(new byte[CommitMessageCodec.MaxMessage + 1]));
        Assert.Throws<WireFormatException>(() => CommitRecordCodec.Decode(new byte[CommitRecordCodec.MaxRecord + 1]));
    }
}
