using Crdt.Sync.Transport;

namespace Crdt.Sync.Gossip;

/// <summary>A way to a peer that breaks when the peer says nothing, or takes nothing, for too long.</summary>
/// <param name="inner">The way.</param>
/// <param name="patience">How long that is.</param>
/// <param name="time">Where time is read.</param>
internal sealed class PatientTransport(ISyncTransport inner, TimeSpan patience, TimeProvider time) : ISyncTransport
{
    /// <summary>Opens a way, and gives up after a time.</summary>
    public static async ValueTask<PatientTransport> ConnectAsync(IGossipPeers peers, string peer, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken) =>
        new(await OpenAsync(peers, peer, patience, time, cancellationToken).ConfigureAwait(false), patience, time);

    /// <summary>Opens a way, and gives up after a time; once it is open, it may be silent for as long as it likes.</summary>
    public static ValueTask<ISyncTransport> OpenAsync(IGossipPeers peers, string peer, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken) =>
        WithinAsync(token => peers.ConnectAsync(peer, token), patience, time, cancellationToken);

    public async ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellationToken = default) =>
        await WithinAsync(
            async token =>
            {
                await inner.SendAsync(frame, token).ConfigureAwait(false);
                return true;
            },
            patience,
            time,
            cancellationToken).ConfigureAwait(false);

    public ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellationToken = default) =>
        WithinAsync(inner.ReceiveAsync, patience, time, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static async ValueTask<T> WithinAsync<T>(Func<CancellationToken, ValueTask<T>> work, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await work(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"The peer did not answer within {patience:g}.", error);
        }
    }
}
