namespace Crdt.Signing;

/// <summary>How signatures are verified on a host whose framework has no ECDSA.</summary>
internal static class HostVerification
{
    /// <summary>Whether a signature of a message is by a key; see <see cref="ReplicaKey.Verify"/>.</summary>
    public delegate bool Verification(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);

    /// <summary>The host's own; null where the framework does it.</summary>
    public static Verification? Current { get; set; }
}
