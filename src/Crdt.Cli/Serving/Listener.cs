using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Crdt.Cli.Serving;

/// <summary>Where a hub listens.</summary>
/// <param name="Url">The address.</param>
/// <param name="Certificate">What it shows there; null for plain text.</param>
internal sealed record Listener(Uri Url, X509Certificate2? Certificate)
{
    /// <summary>Whether only this machine reaches it.</summary>
    public bool IsLocal => Url.IsLoopback;

    /// <summary>The address to bind to; <c>*</c>, <c>0.0.0.0</c> and names other than localhost stand for all.</summary>
    public IPAddress Address => IPAddress.TryParse(Url.Host, out var address) ? address : Url.IsLoopback ? IPAddress.Loopback : IPAddress.IPv6Any;

    /// <summary>Reads an address, and the certificate that it needs.</summary>
    /// <exception cref="ToolException">It is none, or the certificate is missing or can't be read.</exception>
    public static Listener Parse(string text, string? certificate, string? key)
    {
        if (!Uri.TryCreate(text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.AbsolutePath != "/")
            throw new ToolException(ExitCode.Usage, $"'{text}' is no address to listen at: one is https://host:port or http://127.0.0.1:port.");
        if (url.Scheme == "http") return new(url, null);
        if (certificate is null) throw new ToolException(ExitCode.Usage, $"{text} needs --certificate, and --key where that stands in a file of its own.");
        try
        {
            // Some platforms can't use a key that is only in memory: so it is written into the form that they read, and read again.
            using var pem = X509Certificate2.CreateFromPemFile(certificate, key ?? certificate);
            return new(url, X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null));
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Usage, $"The certificate '{certificate}' can't be read: {error.Message}", error);
        }
    }
}
