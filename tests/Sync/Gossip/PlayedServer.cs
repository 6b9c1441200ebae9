using System.Net;
using System.Net.Sockets;
using Crdt.Sync.Gossip;

namespace Crdt.Tests.Sync.Gossip;

/// <summary>A web server on this machine that answers every request as it is told to.</summary>
internal sealed class PlayedServer : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _serving;

    private PlayedServer(HttpListener listener, int port, Func<HttpListenerContext, Task> answer)
    {
        (_listener, Port) = (listener, port);
        _serving = ServeAsync(answer);
    }

    public int Port { get; }

    public Uri Address => new($"ws://localhost:{Port}/sync");

    public static PlayedServer Start(Func<HttpListenerContext, Task> answer)
    {
        for (var attempt = 0; ; attempt++)
        {
            var port = FreePort();
            var listener = new HttpListener { Prefixes = { $"http://localhost:{port}/" } };
            try
            {
                listener.Start();
                return new(listener, port, answer);
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                // Somebody else was quicker to take the port.
            }
        }
    }

    public static PlayedServer Start(HttpStatusCode status) => Start(context =>
    {
        context.Response.StatusCode = (int)status;
        context.Response.Close();
        return Task.CompletedTask;
    });

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public WebSocketPeers ToPeers(WebSocketPeersOptions? options = null) => new([new("office", Address)], options);

    public async ValueTask DisposeAsync()
    {
        _listener.Abort();
        await _serving;
    }

    private async Task ServeAsync(Func<HttpListenerContext, Task> answer)
    {
        var answers = new List<Task>();
        try
        {
            while (true) answers.Add(answer(await _listener.GetContextAsync()));
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException)
        {
            await Task.WhenAll(answers);
        }
    }
}
