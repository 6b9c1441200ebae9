using Crdt.Codec;

namespace Crdt.Tests.Generators.Features;

/// <summary>Bytes from elsewhere are refused with one kind of error, whatever is wrong with them.</summary>
public sealed class HostileBytesTests
{
    private readonly Replica _phone = new("phone");

    [Fact]
    public void Bytes_of_another_class()
    {
        var bytes = new Rootless(_phone, "x").Encode();
        Assert.Throws<WireFormatException>(() => Person.Decode(bytes));
        Assert.Throws<WireFormatException>(() => Knows.Decode(bytes));
        Assert.Throws<WireFormatException>(() => Person.Decode(new Knows(_phone, Person.IdOf(1), Person.IdOf(2)).Encode()));
        Assert.Throws<WireFormatException>(() => new Person(_phone, 1).MergeDelta(bytes));
    }

    [Fact]
    public void Bytes_cut_short_or_changed()
    {
        var person = new Person(_phone, 1) { Email = "ann@x.org", Stock = 3 };
        person.Tags.Add("x");
        var bytes = person.Encode();
        for (var length = 0; length < bytes.Length; length++) RequireRefusedOrExact(bytes[..length]);
        for (var i = 0; i < bytes.Length; i++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = bytes.ToArray();
                changed[i] ^= (byte)(1 << bit);
                RequireRefusedOrExact(changed);
            }
        }
    }

    // Bytes can be cut between two fields, or name another person: that is for the channel to find out.
    private static void RequireRefusedOrExact(byte[] bytes)
    {
        try
        {
            Assert.Equal(bytes, Person.Decode(bytes).Encode());
        }
        catch (WireFormatException error)
        {
            Assert.InRange(error.Offset, 0, bytes.Length);
        }
    }
}
