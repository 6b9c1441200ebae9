using Crdt.Codec;

namespace Crdt.Tests.Generators.Features;

public sealed class ValidatedTests
{
    [Fact]
    public void What_a_record_refuses_is_malformed_where_it_comes_from_outside()
    {
        var encoded = new Validated(new("phone"), 1) { Share = new(50) }.Encode();
        Assert.Equal(50, Validated.Decode(encoded).Share!.Value);
        // The last byte is the member: 100 stands for 50, and 1 for -1.
        Assert.Equal(100, encoded[^1]);
        encoded[^1] = 1;
        var error = Assert.Throws<WireFormatException>(() => Validated.Decode(encoded));
        Assert.Contains("Percent", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_record_refuses_is_refused_where_it_is_written()
    {
        var entity = new Validated(new("phone"), 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => entity.Share = new(101));
        Assert.Null(entity.Share);
    }
}
