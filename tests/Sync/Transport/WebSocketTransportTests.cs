using System.Net.WebSockets;
using System.Text;
using Crdt.Codec;
using Crdt.Sync.Transport;

namespace Crdt.Tests.Sync.Transport;

public sealed class WebSocketTransportTests : TransportContract
{
    protected override async Task<(ISyncTransport Here, ISyncTransport There)> OpenAsync()
    {
        var (client, server) = await ConnectAsync();
        return (new WebSocketTransport(client), new WebSocketTransport(server));
    }

    [Fact]
    public async Task Text_is_refused_on_both_sides()
    {
        var (client, server) = await ConnectAsync();
        await using var transport = new WebSocketTransport(server);
        await client.SendAsync(Encoding.UTF8.GetBytes("hello"), WebSocketMessageType.Text, endOfMessage: true, default);
        var receiving = transport.ReceiveAsync().AsTask();
        await CloseLikeAPeerAsync(client);
        Assert.Contains("frames are binary", (await Assert.ThrowsAsync<IOException>(() => receiving)).Message);
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, client.CloseStatus);
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_on_both_sides()
    {
        var (client, server) = await ConnectAsync();
        await using var transport = new WebSocketTransport(server);
        var sending = client.SendAsync(new byte[WireLimits.Frame + 1], WebSocketMessageType.Binary, endOfMessage: true, default);
        var receiving = transport.ReceiveAsync().AsTask();
        await CloseLikeAPeerAsync(client);
        Assert.Contains("more than 4194304 bytes", (await Assert.ThrowsAsync<IOException>(() => receiving)).Message);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, client.CloseStatus);
        await sending;
    }

    [Fact]
    public async Task Why_a_peer_closed_the_way_is_told()
    {
        var (client, server) = await ConnectAsync();
        await using var transport = new WebSocketTransport(client);
        await server.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, "This replica was revoked.", default);
        Assert.Contains("(1008): This replica was revoked.", (await Assert.ThrowsAsync<IOException>(async () => await transport.ReceiveAsync())).Message);
        server.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_way_that_breaks_says_so(bool isInMessage)
    {
        var (client, server) = await ConnectAsync();
        await using var transport = new WebSocketTransport(server);
        if (isInMessage) await client.SendAsync(new byte[10], WebSocketMessageType.Binary, endOfMessage: false, default);
        client.Abort();
        Assert.Contains("is broken", (await Assert.ThrowsAsync<IOException>(async () => await transport.ReceiveAsync())).Message);
    }

    private static async Task<(WebSocket Client, WebSocket Server)> ConnectAsync()
    {
        var (here, there) = await SocketPair.OverTcpAsync();
        return (WebSocket.CreateFromStream(here, new() { IsServer = false }), WebSocket.CreateFromStream(there, new() { IsServer = true }));
    }

    private static async Task CloseLikeAPeerAsync(WebSocket socket)
    {
        while ((await socket.ReceiveAsync(new byte[100].AsMemory(), default)).MessageType != WebSocketMessageType.Close)
        {
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
    }
}
