using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Schema;

namespace Crdt.Tests.Properties.Codec;

/// <summary>Joins that honest histories don't lead to.</summary>
public sealed class EncodedJoinEdgeTests
{
    private static readonly VersionVector Nothing = new();

    [Theory]
    [InlineData(new byte[] { 1 }, new byte[] { 2 }, new byte[] { 2 })]
    [InlineData(new byte[] { 2 }, new byte[] { 1, 9 }, new byte[] { 2 })]
    [InlineData(new byte[] { 7 }, new byte[] { 7, 0 }, new byte[] { 7, 0 })]
    public void Of_two_payloads_under_one_dot_all_replicas_keep_the_greater(byte[] left, byte[] right, byte[] kept)
    {
        var (mine, theirs, joined) = (State(left), State(right), State(kept));
        Assert.Equal(joined, EncodedEntity.Join(mine, theirs));
        Assert.Equal(joined, EncodedEntity.Join(theirs, mine));
        Assert.Equal(Row(kept), EncodedEntity.Join(Row(left), Nothing, Row(right), Nothing));
        Assert.Equal(Row(kept), EncodedEntity.Join(Row(right), Nothing, Row(left), Nothing));
    }

    [Fact]
    public void A_field_of_two_kinds_is_refused_with_both_named()
    {
        var error = Assert.Throws<WireFormatException>(() => EncodedEntity.Join(State([1], FieldKind.Register), State([1], FieldKind.Counter)));
        Assert.Contains("Register on one side and a Counter on the other", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Listed twice it would be dropped again, after a pass over both states that was in vain.</summary>
    [Fact]
    public void A_replica_that_both_sides_name_is_listed_once()
    {
        var (mine, theirs) = (State([1]), State([2]));
        var table = new JoinTable(new StateReader(mine), new StateReader(theirs));
        Assert.Equal(1, table.Count);
        table.Use(table[0]);
        Assert.False(table.DropUnused());
    }

    private static byte[] State(byte[] payload, FieldKind kind = FieldKind.Register) => Write(payload, kind, [0, 1, 0]);

    private static byte[] Row(byte[] payload) => Write(payload, FieldKind.Register, []);

    private static byte[] Write(byte[] payload, FieldKind kind, byte[] ranges)
    {
        var writer = new WireWriter(64);
        writer.WriteVarint(1);
        writer.WriteReplica(new(1));
        writer.WriteBlock(ranges);
        writer.WriteBlock([]);
        writer.WriteUInt32(7);
        writer.WriteByte((byte)kind);
        writer.WriteBlock([0, 1, (byte)payload.Length, .. payload]);
        return writer.Finish();
    }
}
