using Crdt.Codec;

namespace Crdt.Tests.Generators.Features;

public sealed class ValidatedTests
{
    [Fact]
    public void What_a_record_refuses_is_malformed_where_it_comes_from_outside()
    {
        var encoded = new Validated(new("phone"), 1) { Share = new(50) }.Encode();
        Assert.Equal(50, Validated.Decode(encoded).Share!.Value);
        // The member: 100 stands for 50, and 1 for -1.
        var at = encoded.AsSpan().LastIndexOf((byte)100);
        encoded[at] = 1;
        var error = Assert.Throws<WireFormatException>(() => Validated.Decode(encoded));
        Assert.Contains("Percent", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The constructor of the class used to make the initial value, so no object could be made or decoded.</summary>
    [Fact]
    public void A_record_without_an_initial_value_is_refused_only_where_it_is_read_unwritten()
    {
        var entity = Validated.Decode(new Replica("laptop"), new Validated(new("phone"), 1).Encode());
        Assert.Throws<ArgumentException>(() => entity.Address);
        entity.Address = new("a@x.org");
        Assert.Equal("a@x.org", Validated.Decode(entity.Encode()).Address.Text);
    }

    [Fact]
    public void What_a_record_refuses_is_refused_where_it_is_written()
    {
        var entity = new Validated(new("phone"), 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => entity.Share = new(101));
        Assert.Null(entity.Share);
    }
}
