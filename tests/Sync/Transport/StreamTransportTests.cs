using System.Text;
using Crdt.Sync.Transport;

namespace Crdt.Tests.Sync.Transport;

public sealed class TcpTransportTests : TransportContract
{
    protected override async Task<(ISyncTransport Here, ISyncTransport There)> OpenAsync()
    {
        var (here, there) = await SocketPair.OverTcpAsync();
        return (new StreamTransport(here), new StreamTransport(there));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task A_way_that_breaks_in_the_middle_of_a_frame_says_so(int bytes)
    {
        var (here, there) = await SocketPair.OverTcpAsync();
        await using var transport = new StreamTransport(there);
        await here.WriteAsync(new byte[] { 0, 0, 0, 4, 1, 2, 3, 4 }.AsMemory(0, bytes));
        await here.DisposeAsync();
        for (var again = 0; again < 2; again++)
            Assert.Contains("in the middle of a frame", (await Assert.ThrowsAnyAsync<IOException>(async () => await transport.ReceiveAsync())).Message);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "1195725856")]
    [InlineData("\0\0\0\0", "of 0 bytes")]
    [InlineData("\0@\0\u0001", "4194305")]
    public async Task Whoever_is_no_replica_is_told_by_what_it_sends(string sent, string expected)
    {
        var (here, there) = await SocketPair.OverTcpAsync();
        await using var transport = new StreamTransport(there);
        await here.WriteAsync(Encoding.Latin1.GetBytes(sent));
        var error = await Assert.ThrowsAsync<IOException>(async () => await transport.ReceiveAsync());
        Assert.Contains(expected, error.Message);
        Assert.Contains("is no replica", error.Message);
        await here.DisposeAsync();
    }

    [Fact]
    public async Task No_memory_is_taken_on_the_word_of_a_length()
    {
        var (here, there) = await SocketPair.OverTcpAsync();
        await using var transport = new StreamTransport(there);
        await here.WriteAsync(new byte[] { 0, 0x40, 0, 0, 1 });
        await here.DisposeAsync();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await Assert.ThrowsAnyAsync<IOException>(async () => await transport.ReceiveAsync());
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 1_000_000);
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_does_not_hold_up_the_end_for_ever()
    {
        var (here, there) = await SocketPair.OverTcpAsync();
        var transport = new StreamTransport(here);
        for (var i = 0; i < 16; i++) await transport.SendAsync(Frame(1 << 20));
        await transport.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        await Assert.ThrowsAsync<IOException>(async () => await transport.SendAsync(Frame(1)));
        await there.DisposeAsync();
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_is_given_up_before_memory_is()
    {
        var (here, there) = await SocketPair.OverTcpAsync();
        var transport = new StreamTransport(here);
        var frame = Frame(4 << 20);
        var error = await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (var i = 0; i < 100; i++) await transport.SendAsync(frame);
        });
        Assert.Contains("takes nothing", error.Message);
        await there.DisposeAsync();
        await transport.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_that_is_not_the_transports_stays_open()
    {
        var (here, there) = await SocketPair.OverTcpAsync();
        await new StreamTransport(here, leavesOpen: true).DisposeAsync();
        await here.WriteAsync(new byte[] { 1 });
        Assert.Equal(1, there.ReadByte());
        await here.DisposeAsync();
        await there.DisposeAsync();
    }

    [Fact]
    public void A_stream_that_goes_one_way_is_refused() =>
        Assert.Contains("read and written", Assert.Throws<ArgumentException>(() => new StreamTransport(new MemoryStream([], writable: false))).Message);
}

public sealed class UnixSocketTransportTests : TransportContract
{
    protected override async Task<(ISyncTransport Here, ISyncTransport There)> OpenAsync()
    {
        var (here, there) = await SocketPair.OverUnixSocketAsync();
        return (new StreamTransport(here), new StreamTransport(there));
    }
}
