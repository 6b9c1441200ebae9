using Crdt.Sync.Lanes;

namespace Crdt.Tests.Sync.Lanes;

public sealed class PeerAccessTests
{
    [Theory]
    [InlineData("orders:rw, catalogue:r, *:none", "catalogue:r, orders:rw, *:none")]
    [InlineData("*:rw", "*:rw")]
    [InlineData("orders:rwt, log:wt", "log:wt, orders:rwt, *:none")]
    [InlineData("a:b:w", "a:b:w, *:none")]
    [InlineData("", "*:none")]
    public void Its_text_form_is_read_and_written(string text, string canonical)
    {
        var access = PeerAccess.Parse(text);
        Assert.Equal(canonical, access.ToString());
        Assert.Equal(access, PeerAccess.Parse(canonical));
    }

    [Fact]
    public void What_is_not_said_is_denied()
    {
        var access = PeerAccess.Parse("orders:rw, log:w");
        Assert.Equal((LaneAccess.ReadWrite, LaneAccess.Write, LaneAccess.None), (access.In("orders"), access.In("log"), access.In("secrets")));
        Assert.False(access.IsNone);
        Assert.True(PeerAccess.Parse("orders:none").IsNone);
        Assert.Equal(LaneAccess.ReadWrite | LaneAccess.Trusted, PeerAccess.Full.In("whatever"));
    }

    [Theory]
    [InlineData("orders", "lane:rw")]
    [InlineData(":rw", "lane:rw")]
    [InlineData("orders:x", "r, w, rw, wt, rwt or none")]
    [InlineData("orders:r, orders:w", "twice")]
    public void What_is_none_is_refused_with_what_it_should_be(string text, string help) =>
        Assert.Contains(help, Assert.Throws<FormatException>(() => PeerAccess.Parse(text)).Message, StringComparison.Ordinal);
}
