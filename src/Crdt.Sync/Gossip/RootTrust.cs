using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Crdt.Sync.Gossip;

/// <summary>Trust in the certificates of servers that comes from roots of one's own, and from nobody else.</summary>
internal static class RootTrust
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Whether one of the roots vouches for a certificate that is there, for this host, and for servers.</summary>
    /// <param name="roots">The roots.</param>
    /// <param name="certificate">The server's certificate.</param>
    /// <param name="given">What came with it.</param>
    /// <param name="errors">What the framework found wrong by the machine's own roots.</param>
    public static bool Covers(IReadOnlyList<X509Certificate2> roots, X509Certificate? certificate, X509Chain? given, SslPolicyErrors errors)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != 0) return false;
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        foreach (var root in roots) chain.ChainPolicy.CustomTrustStore.Add(root);
        if (given is not null) chain.ChainPolicy.ExtraStore.AddRange(given.ChainPolicy.ExtraStore);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        using var server = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        return chain.Build(server);
    }
}
