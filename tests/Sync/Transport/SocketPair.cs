using System.Net;
using System.Net.Sockets;

namespace Crdt.Tests.Sync.Transport;

/// <summary>Both ends of a real connection.</summary>
internal static class SocketPair
{
    public static async Task<(NetworkStream Here, NetworkStream There)> OverTcpAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        return await ConnectAsync(listener, new IPEndPoint(IPAddress.Loopback, 0), new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
    }

    public static async Task<(NetworkStream Here, NetworkStream There)> OverUnixSocketAsync()
    {
        var folder = Directory.CreateTempSubdirectory("crdt-socket-");
        try
        {
            using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            return await ConnectAsync(listener, new UnixDomainSocketEndPoint(Path.Combine(folder.FullName, "s")), new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(NetworkStream Here, NetworkStream There)> ConnectAsync(Socket listener, EndPoint at, Socket client)
    {
        listener.Bind(at);
        listener.Listen(1);
        var accepting = listener.AcceptAsync();
        await client.ConnectAsync(listener.LocalEndPoint!);
        return (new(client, ownsSocket: true), new(await accepting, ownsSocket: true));
    }
}
