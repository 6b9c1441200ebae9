using System.Runtime.InteropServices.JavaScript;
using Crdt.Browser.Interop;
using Crdt.Clocks;
using Crdt.Signing;
using Crdt.Storage;

namespace Crdt.Browser.Storage;

/// <summary>A key of the browser's own. What is known of it here is the public key.</summary>
/// <param name="key">What signs.</param>
/// <param name="publicKey">What others verify with.</param>
internal sealed class WebCryptoKey(JSObject key, ReadOnlyMemory<byte> publicKey) : ISigningKey
{
    public ReplicaId Id { get; } = ReplicaKey.IdOf(publicKey.Span);

    public ReadOnlyMemory<byte> PublicKey => publicKey;

    public async ValueTask<byte[]> SignAsync(string purpose, ReadOnlyMemory<byte> message)
    {
        using var framed = Memory.Give(ReplicaKey.Framed(purpose, message.Span));
        try
        {
            return Memory.Take(await Keys.SignAsync(key, framed).ConfigureAwait(false));
        }
        catch (JSException error)
        {
            throw new StoreException($"The browser did not sign with the key of {Id}. ({error.Text()})", error);
        }
    }

    public void Dispose() => key.Dispose();
}
