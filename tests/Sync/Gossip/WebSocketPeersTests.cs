using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Crdt.Sync;
using Crdt.Sync.Gossip;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Gossip;

public sealed class WebSocketPeersTests : IAsyncDisposable
{
    private readonly Scene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Replicas_are_kept_in_step_over_web_sockets()
    {
        var (office, laptop) = (await _scene.OpenAsync("office", time: TimeProvider.System), await _scene.OpenAsync("laptop", time: TimeProvider.System));
        await office.EditAsync(tx => tx.Add<Person>(1).Email = "office");
        await laptop.EditAsync(tx => tx.Add<Person>(2).Email = "laptop");
        await using var server = PlayedServer.Start(context => ServeAsync(context, office));
        using var end = new CancellationTokenSource();
        var running = laptop.KeepSyncedAsync(server.ToPeers(), new() { Interval = TimeSpan.FromMilliseconds(20) }, end.Token);
        for (var i = 0; i < 3_000 && (await office.GetAsync<Person>(2) is null || await laptop.GetAsync<Person>(1) is null); i++) await Task.Delay(10);
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.NotNull(await office.GetAsync<Person>(2));
        Assert.Equal((await office.GetMerkleTreeAsync()).Root, (await laptop.GetMerkleTreeAsync()).Root);
    }

    [Fact]
    public async Task The_token_travels_in_a_header_and_is_asked_for_each_time()
    {
        var seen = new ConcurrentQueue<string?>();
        await using var server = PlayedServer.Start(context =>
        {
            seen.Enqueue(context.Request.Headers["Authorization"]);
            context.Response.StatusCode = 401;
            context.Response.Close();
            return Task.CompletedTask;
        });
        var (asked, given) = (new List<string>(), 0);
        var peers = server.ToPeers(new() { Token = (peer, _) => Ask(peer) });
        for (var i = 0; i < 3; i++) await Assert.ThrowsAsync<PeerRefusedException>(async () => await peers.ConnectAsync("office"));
        Assert.Equal(["Bearer t1", "Bearer t2", null], seen);
        Assert.Equal(["office", "office", "office"], asked);

        ValueTask<string?> Ask(string peer)
        {
            asked.Add(peer);
            return new(++given < 3 ? $"t{given}" : null);
        }
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized, "Unauthorized", "missing, wrong or has expired")]
    [InlineData(HttpStatusCode.Forbidden, "Forbidden", "was revoked, has no rights there")]
    [InlineData(HttpStatusCode.NotFound, "NotFound", "check the path")]
    [InlineData(HttpStatusCode.TooManyRequests, "Busy", "try again later")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "Busy", "try again later")]
    [InlineData(HttpStatusCode.OK, "NoReplica", "HTTP 200 where a WebSocket is meant")]
    [InlineData(HttpStatusCode.InternalServerError, "NoReplica", "HTTP 500 where a WebSocket is meant")]
    public async Task A_server_that_does_not_let_us_in_is_told_by_its_answer(HttpStatusCode status, string kind, string expected)
    {
        await using var server = PlayedServer.Start(status);
        var error = await Assert.ThrowsAsync<PeerRefusedException>(async () => await server.ToPeers().ConnectAsync("office"));
        Assert.Equal(kind, error.Kind);
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public async Task A_web_socket_of_somebody_else_is_no_replica()
    {
        await using var server = PlayedServer.Start(async context => (await context.AcceptWebSocketAsync(null)).WebSocket.Dispose());
        Assert.Contains("is no replica", await WhyAsync(server.ToPeers()));
    }

    [Fact]
    public async Task Where_nothing_listens_the_message_says_so() =>
        Assert.Contains("check that the hub is started", await WhyAsync(new([new("office", new Uri($"ws://localhost:{PlayedServer.FreePort()}/sync"))])));

    [Fact]
    public async Task A_server_without_encryption_is_not_taken_for_one_with_it()
    {
        await using var server = PlayedServer.Start(HttpStatusCode.OK);
        Assert.Contains("TLS is not spoken there", await WhyAsync(new([new("office", new Uri($"wss://localhost:{server.Port}/sync"))])));
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_not_trusted()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.Now.AddDays(-1), DateTimeOffset.Now.AddDays(1));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeTlsAsync(listener, certificate);
        Assert.Contains("isn't trusted", await WhyAsync(new([new("office", new Uri($"wss://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/sync"))])));
        await serving;
    }

    [Theory]
    [InlineData("https://example.org/sync", "wss://")]
    [InlineData("sync", "wss://")]
    [InlineData("wss://user:secret@example.org/sync", "carries a secret")]
    [InlineData("wss://example.org/sync?access_token=abc", "carries a secret")]
    [InlineData("ws://example.org/sync", "reads everything")]
    public void An_address_that_will_not_do_is_refused_before_anybody_connects(string address, string expected) =>
        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => new WebSocketPeers([new("office", new Uri(address, UriKind.RelativeOrAbsolute))])).Message);

    [Fact]
    public async Task Plain_text_to_other_machines_is_for_those_who_ask_for_it()
    {
        var peers = new WebSocketPeers([new("office", new Uri("ws://example.org/sync"))], new() { AllowsPlainText = true });
        Assert.Equal(["office"], await peers.ListAsync());
        await Assert.ThrowsAsync<ArgumentException>(async () => await peers.ConnectAsync("nobody"));
    }

    private static async Task<string> WhyAsync(WebSocketPeers peers) => (await Assert.ThrowsAnyAsync<IOException>(async () => await peers.ConnectAsync("office"))).Message;

    private static async Task ServeAsync(HttpListenerContext context, GraphReplica replica)
    {
        await using var transport = new WebSocketTransport((await context.AcceptWebSocketAsync(WebSocketPeers.SubProtocol)).WebSocket);
        try
        {
            await replica.SyncAsync(transport);
        }
        catch (Exception error) when (error is IOException or SessionException)
        {
            // The peer went away in the middle.
        }
    }

    private static async Task ServeTlsAsync(TcpListener listener, X509Certificate2 certificate)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = new SslStream(client.GetStream());
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await stream.AuthenticateAsServerAsync(certificate);
            if (await stream.ReadAsync(new byte[1]) == 0) throw new EndOfStreamException();
        });
    }
}
