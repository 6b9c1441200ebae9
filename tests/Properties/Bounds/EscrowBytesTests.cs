using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Types.Counters;

namespace Crdt.Tests.Properties.Bounds;

/// <summary>There is one form of each replica's totals, and bytes of any other are refused where they are.</summary>
public sealed class EscrowBytesTests
{
    private const ulong Most = long.MaxValue;

    [Fact]
    public void Totals_come_back_as_they_were()
    {
        var totals = Escrow.OfMinted(Most).Plus(Escrow.OfSpent(Most)).Plus(Escrow.OfGiven(new(new(7), 1))).Plus(Escrow.OfGiven(new(new(2), long.MaxValue))).Plus(Escrow.OfGiven(new(new(7), 4)))
            .Wanting(300).Plus(Escrow.OfMinted(0).Wanting(4));
        var writer = new WireWriter(64);
        totals.Write(ref writer);
        var reader = new WireReader(writer.Finish());
        Escrow.Validate(reader);
        var read = Escrow.Read(ref reader);
        reader.End();
        Assert.Equal((Most, Most), (read.Minted, read.Spent));
        Assert.Equal([new(new(2), long.MaxValue), new(new(7), 5)], read.Given.ToArray());
        Assert.Equal((5L, 0L), (read.GivenTo(new(7)), read.GivenTo(new(3))));
        Assert.Equal(-(Int128)Most - 5, read.Kept);
        Assert.Equal(300ul, read.Wanted);
    }

    [Fact]
    public void Other_forms_are_refused()
    {
        Refused("truncated", Bytes([]));
        Refused("truncated", Bytes([1]));
        Refused("exceeds 63 bits", Bytes([Most + 1, 0]));
        Refused("exceeds 63 bits", Bytes([0, ulong.MaxValue]));
        Refused("exceeds 63 bits", Bytes([0, 0], (1, Most + 1)));
        Refused("must ascend", Bytes([0, 0], (2, 1), (1, 1)));
        Refused("must ascend", Bytes([0, 0], (2, 1), (2, 1)));
        Refused("share of nothing", Bytes([0, 0], (2, 0)));
        var cut = Bytes([0, 0], (2, 1));
        foreach (var length in Enumerable.Range(3, cut.Length - 3).Where(length => length != 2 + sizeof(ulong))) Refused("cut off", cut[..length]);
        Refused("wish for nothing", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        Refused("exceeds 63 bits", [0, 0, 128, 0, 0, 0, 0, 0, 0, 0]);
        Refused("cut off", [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    }

    /// <summary>What is wanted is eight bytes long, and a share seventeen at least, so neither is taken for the other.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, Most)]
    [InlineData(1, 1)]
    [InlineData(3, 128)]
    [InlineData(3, Most)]
    public void What_is_wanted_stands_behind_any_number_of_shares(int shares, ulong wanted)
    {
        var totals = Escrow.OfMinted(1).Wanting(wanted);
        for (var i = 1; i <= shares; i++) totals = totals.Plus(Escrow.OfGiven(new(new((UInt128)i), i)));
        var writer = new WireWriter(64);
        totals.Write(ref writer);
        var reader = new WireReader(writer.Finish());
        var read = Escrow.Read(ref reader);
        reader.End();
        Assert.Equal((shares, wanted), (read.Given.Length, read.Wanted));
    }

    private static void Refused(string reason, byte[] bytes)
    {
        var error = Assert.Throws<WireFormatException>(() =>
        {
            var reader = new WireReader(bytes);
            Escrow.Read(ref reader);
        });
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Offset, 0, bytes.Length);
        Assert.Contains(reason, Assert.Throws<WireFormatException>(() => Escrow.Validate(new WireReader(bytes))).Message, StringComparison.Ordinal);
    }

    private static byte[] Bytes(ulong[] totals, params (int To, ulong Amount)[] given)
    {
        var writer = new WireWriter(64);
        foreach (var total in totals) writer.WriteVarint(total);
        foreach (var (to, amount) in given)
        {
            writer.WriteReplica(new((UInt128)to));
            writer.WriteVarint(amount);
        }

        return writer.Finish();
    }
}
