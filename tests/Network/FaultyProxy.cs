using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Crdt.Tests.Network;

/// <summary>
/// A way to a server on this machine that is as bad as it is told: it limits bandwidth, adds latency, stalls, and cuts connections in the middle of whatever is under way.
/// </summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private const int PieceBytes = 1024;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly int _target;
    private readonly Task _accepting;

    public FaultyProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How long each piece is under way, either direction.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How many bytes a second pass, in each direction; null for as many as there are.</summary>
    public int? BytesPerSecond { get; init; }

    /// <summary>Whether everything stands still, though nothing is closed.</summary>
    public bool IsStalled { get; set; }

    /// <summary>How many connections were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Cuts what is open, wherever in a frame it is.</summary>
    public void Cut()
    {
        foreach (var socket in _open.Keys)
        {
            try
            {
                socket.LingerState = new(true, 0); // a reset, without what was still to be sent
                socket.Close();
                Cuts++;
            }
            catch (ObjectDisposedException)
            {
                // It ended by itself since it was listed.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        Cut();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true) _ = ServeAsync(await _listener.AcceptSocketAsync(_end.Token));
    }

    private async Task ServeAsync(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
            (client.NoDelay, server.NoDelay) = (true, true);
            (_open[client], _open[server]) = (true, true);
            await Task.WhenAny(PassAsync(client, server), PassAsync(server, client));
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone, and so the other is let go.
        }
        finally
        {
            _open.TryRemove(client, out _);
            _open.TryRemove(server, out _);
            client.Dispose();
        }
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        // Reading goes on while what was read before is under way, so latency costs no bandwidth.
        var under = System.Threading.Channels.Channel.CreateBounded<(byte[] Piece, DateTime Due)>(4096);
        var sending = SendAsync(under.Reader, to);
        try
        {
            for (var piece = new byte[PieceBytes]; await from.ReceiveAsync(piece, _end.Token) is > 0 and var length;)
            {
                if (BytesPerSecond is { } limit) await Task.Delay(TimeSpan.FromSeconds((double)length / limit), _end.Token);
                while (IsStalled) await Task.Delay(10, _end.Token);
                await under.Writer.WriteAsync((piece[..length], DateTime.UtcNow + Latency), _end.Token);
            }
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It was cut, or the test is over.
        }

        under.Writer.Complete();
        await sending;
    }

    private async Task SendAsync(System.Threading.Channels.ChannelReader<(byte[] Piece, DateTime Due)> under, Socket to)
    {
        try
        {
            await foreach (var (piece, due) in under.ReadAllAsync(_end.Token))
            {
                if (due - DateTime.UtcNow is { Ticks: > 0 } wait) await Task.Delay(wait, _end.Token);
                await to.SendAsync(piece, _end.Token);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It was cut, or the test is over.
        }
    }
}
