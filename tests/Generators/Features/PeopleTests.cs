namespace Crdt.Tests.Generators.Features;

/// <summary>The walk through the README.</summary>
public sealed class PeopleTests
{
    /// <summary>Both replicas write, both merge, both read the same.</summary>
    [Fact]
    public void Two_replicas_agree()
    {
        var phone = new Replica("phone");
        var laptop = new Replica("laptop");
        var a = new Person(phone, 1) { Email = "alice@a.com" };
        var b = Person.Decode(laptop, a.Encode());
        a.Stock -= 5;
        b.Stock -= 3;
        b.Email = "alice@b.com";
        a.Tags.Add("x");
        b.Tags.Add("y");
        a.Merge(b);
        b.Merge(a);
        Assert.Equal(-8, a.Stock);
        Assert.Equal("alice@b.com", a.Email);
        Assert.Equal(["x", "y"], a.Tags.Order());
        Assert.Equal(1, b.Id);
        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
    }
}
