using System.Net;
using System.Net.WebSockets;
using Crdt.Sync.Gossip;
using Crdt.Tests.AspNetCore.Scenes;

namespace Crdt.Tests.AspNetCore.Endpoints;

/// <summary>Who isn't let in: each for a named reason, which the peer is told and the log keeps.</summary>
public sealed class RefusalTests : IAsyncDisposable
{
    private readonly SetTime _time = new();
    private readonly HubScene _scene;

    public RefusalTests() => _scene = new() { Time = _time };

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Without_a_token_nobody_is_let_in() => await RefusedAsync(null, "Unauthorized", "show a token");

    [Fact]
    public async Task A_wrong_token_is_refused() => await RefusedAsync("crdt_wrong", "Unauthorized", "nobody here has that token");

    [Fact]
    public async Task An_expired_token_is_refused_with_its_time()
    {
        await _scene.StartAsync();
        var token = _scene.Enroll("laptop", lifetime: TimeSpan.FromDays(1));
        await (await _scene.PeersFor(token).ConnectAsync("hub")).DisposeAsync();
        _time.Ahead = TimeSpan.FromDays(2);
        await RefusedAsync(token, "Unauthorized", "the token of 'laptop' expired at");
    }

    [Fact]
    public async Task A_revoked_replica_is_refused()
    {
        await _scene.StartAsync();
        var token = _scene.Enroll("laptop");
        await (await _scene.PeersFor(token).ConnectAsync("hub")).DisposeAsync();
        Assert.True(_scene.Register.Revoke("laptop"));
        await RefusedAsync(token, "Unauthorized", "'laptop' was revoked at");
    }

    [Fact]
    public async Task A_token_that_was_replaced_by_a_later_one_is_refused()
    {
        await _scene.StartAsync();
        var token = _scene.Enroll("laptop");
        _scene.Enroll("laptop");
        await RefusedAsync(token, "Unauthorized", "replaced by a later one");
    }

    [Fact]
    public async Task Who_has_no_rights_is_refused()
    {
        await _scene.StartAsync();
        await RefusedAsync(_scene.Enroll("laptop", "*:none"), "Forbidden", "no rights in any lane");
    }

    [Fact]
    public async Task A_page_of_an_origin_that_is_not_on_the_list_is_refused()
    {
        await _scene.StartAsync(hub => hub.AllowedOrigins.Add("https://shop.example.org"));
        var token = _scene.Enroll("laptop");
        Assert.Equal(HttpStatusCode.Forbidden, await ConnectFromAsync("https://evil.example.org", token));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await ConnectFromAsync("https://shop.example.org", token));
        await _scene.Log.SeenAsync(line => line.StartsWith("Warning: 'laptop'", StringComparison.Ordinal) && line.Contains("pages of https://evil.example.org may not connect", StringComparison.Ordinal));
    }

    [Fact]
    public async Task HTTP_where_a_web_socket_is_meant_is_told_so()
    {
        await _scene.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new UriBuilder(_scene.Address) { Scheme = "http" }.Uri);
        request.Headers.Authorization = new("Bearer", _scene.Enroll("laptop"));
        using var answer = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
        Assert.Contains("by WebSocket under the subprotocol crdt.sync.1", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_subprotocol_is_refused()
    {
        await _scene.StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("crdt.sync.9");
        socket.Options.SetRequestHeader("Authorization", $"Bearer {_scene.Enroll("laptop")}");
        socket.Options.CollectHttpResponseDetails = true;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(_scene.Address, CancellationToken.None));
        Assert.Equal(HttpStatusCode.BadRequest, socket.HttpStatusCode);
    }

    [Fact]
    public async Task A_peer_with_too_many_connections_is_told_to_close_some()
    {
        await _scene.StartAsync(hub => hub.MaxConnectionsPerPeer = 2);
        var token = _scene.Enroll("laptop");
        await using var first = await _scene.PeersFor(token).ConnectAsync("hub");
        await using var second = await _scene.PeersFor(token).ConnectAsync("hub");
        await RefusedAsync(token, "Busy", "as many connections as one may have");
        await using var other = await _scene.PeersFor(_scene.Enroll("office")).ConnectAsync("hub");
    }

    [Fact]
    public async Task A_peer_that_connects_too_often_is_told_to_wait()
    {
        await _scene.StartAsync(hub => hub.MaxConnectsPerMinute = 3);
        var token = _scene.Enroll("laptop");
        for (var i = 0; i < 3; i++) await (await _scene.PeersFor(token).ConnectAsync("hub")).DisposeAsync();
        await RefusedAsync(token, "Busy", "too often");
    }

    [Fact]
    public async Task A_full_hub_says_so()
    {
        await _scene.StartAsync(hub => hub.MaxConnections = 1);
        await using var first = await _scene.PeersFor(_scene.Enroll("office")).ConnectAsync("hub");
        await RefusedAsync(_scene.Enroll("laptop"), "Busy", "as many connections as it takes");
    }

    [Fact]
    public async Task A_peer_that_never_answers_is_let_go()
    {
        await _scene.StartAsync(hub => hub.Patience = TimeSpan.FromMilliseconds(300));
        await using var silent = await _scene.PeersFor(_scene.Enroll("laptop")).ConnectAsync("hub");
        Assert.NotNull(await silent.ReceiveAsync()); // the hub's greeting
        await Assert.ThrowsAnyAsync<Exception>(async () => Assert.NotNull(await silent.ReceiveAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20))));
        await _scene.Log.SeenAsync(line => line.Contains("did not answer within", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Bytes_that_are_no_frame_end_the_session_as_malformed()
    {
        await _scene.StartAsync();
        await using var hostile = await _scene.PeersFor(_scene.Enroll("laptop")).ConnectAsync("hub");
        await hostile.SendAsync(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 });
        while (await hostile.ReceiveAsync() is not null)
        {
            // Its greeting, and its farewell.
        }

        await _scene.Log.SeenAsync(line => line.StartsWith("Warning: The session with 'laptop' ended early (Malformed)", StringComparison.Ordinal));
    }

    private async Task<HttpStatusCode> ConnectFromAsync(string origin, string token)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol(WebSocketPeers.SubProtocol);
        socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            await socket.ConnectAsync(_scene.Address, CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return socket.HttpStatusCode;
    }

    private async Task RefusedAsync(string? token, string kind, string reason)
    {
        if (!_scene.IsStarted) await _scene.StartAsync();
        var error = await Assert.ThrowsAsync<PeerRefusedException>(async () => await _scene.PeersFor(token).ConnectAsync("hub"));
        Assert.Equal(kind, error.Kind);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        await _scene.Log.SeenAsync(line => line.Contains(reason, StringComparison.Ordinal));
    }
}
