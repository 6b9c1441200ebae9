using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Batches;
using Crdt.Tests.Fuzz.Inputs;
using Crdt.Tests.Properties.Codec;

namespace Crdt.Tests.Sync.Batches;

/// <summary>Bytes that are no batch, or one made to exhaust who reads it.</summary>
public sealed class HostileBatchTests
{
    private static readonly byte[] Good = RowBatchCodec.Encode(RowBatchTests.Rows(Histories.States(Histories.Kinds)));

    [Fact]
    public void What_is_cut_off_is_refused_at_any_byte()
    {
        for (var length = 0; length < Good.Length; length += length < 4_000 ? 1 : 97) Refuse(Good[..length]);
    }

    [Fact]
    public void What_follows_is_refused() => Refuse([.. Good, 0]);

    [Fact]
    public void Damage_is_refused_or_gives_other_rows_and_never_another_error()
    {
        var dice = new Dice(20261126);
        for (var round = 0; round < 20_000; round++)
        {
            var input = Mutation.Of(Good, dice);
            try
            {
                var rows = RowBatchCodec.Decode(input);
                Assert.True(rows.Zip(rows.Skip(1)).All(pair => pair.First.Id.CompareTo(pair.Second.Id) < 0));
                Assert.All(rows, row => Assert.Equal(row.Id, EntityId.Read(row.Id.Bytes)));
            }
            catch (WireFormatException error)
            {
                Assert.InRange(error.Offset, 0, input.Length);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(255)]
    public void A_form_that_this_version_does_not_know_is_refused(byte form) => Refuse([form, .. Good[1..]]);

    [Fact]
    public void Rows_that_do_not_ascend_are_refused() => Refuse([0, 5, 1, 0, 0, 0, 2, 3, 0, 0, 0, 5, 1, 0, 0, 0, 1, 3, 0, 0, 0]);

    /// <summary>Constant columns make as many dots as a count says, out of nothing.</summary>
    [Theory]
    [InlineData(4_000_000)]
    [InlineData(4_194_305)]
    [InlineData(long.MaxValue)]
    public void A_batch_that_expands_without_end_is_refused(long dots) => Refuse(Expanding(1, (ulong)dots));

    [Theory]
    [InlineData(60_000)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(long.MaxValue)]
    public void So_is_one_of_rows_without_end(long rows) => Refuse(Expanding((ulong)rows, 100));

    [Fact]
    public void What_expands_within_the_limit_is_read()
    {
        var rows = RowBatchCodec.Decode(Expanding(1_000, 1_000));
        Assert.Equal(1_000, rows.Count);
        Assert.All(rows, row => Assert.InRange(row.State.Length, 2_000, 3_100));
    }

    [Fact]
    public void What_is_refused_took_no_memory_on_the_word_of_a_count()
    {
        byte[][] inputs = [[1, .. Most(), 0, 0, 0, 0], [1, 1, .. Most(), 0, 0, 0], [1, 1, 0, .. Most(), 0, 0], [1, 1, 0, 0, .. Most(), 0, 0], [1, 1, 0, 1, 0, 1, 5, 1, 0, 0, 0, 1, .. Most()]];
        Refuse(inputs[0]);
        foreach (var input in inputs)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Refuse(input);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 * 1024);
        }

        static byte[] Most() => [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F];
    }

    // One type without fields, whose keys count up; each row is alive by the same number of dots.
    private static byte[] Expanding(ulong rows, ulong dots)
    {
        var writer = new WireWriter(128);
        writer.WriteByte(1);
        writer.WriteVarint(rows);
        writer.WriteBytes([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0]); // A replica, and a table of it.
        writer.WriteBytes([1, 5, 1, 0, 0, 0, 9, 1, 0, 0]); // A head, and a shape of it.
        writer.WriteBytes([1, 1, 1, 0]); // All rows have both.
        var mark = 0;
        writer.WriteBytes([1]); // The keys are bytes in pairs, which ascend.
        writer.WriteBytes([1, 4]);
        mark = writer.BeginBlock();
        for (var i = 0u; i < Math.Min(rows, 70_000); i++) writer.WriteUInt32(i);
        writer.EndBlock(mark);
        writer.WriteBytes([1, 0, 0, 0, 0]); // No ranges.
        writer.WriteByte(1);
        writer.WriteVarint(dots);
        writer.WriteBytes([1, 0, 1, 2, 0]); // The same replica, a number one higher; and no other rows.
        return writer.Finish();
    }

    private static void Refuse(byte[] bytes)
    {
        var error = Assert.Throws<WireFormatException>(() => RowBatchCodec.Decode(bytes));
        Assert.InRange(error.Offset, 0, bytes.Length);
    }
}
