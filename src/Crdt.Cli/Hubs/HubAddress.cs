namespace Crdt.Cli.Hubs;

/// <summary>The address of a hub, as people write it.</summary>
internal static class HubAddress
{
    private const string DefaultPath = "/sync";

    /// <summary>Reads an address: <c>https</c> is taken for <c>wss</c>, <c>http</c> for <c>ws</c>, and where no path is named, that is <c>/sync</c>.</summary>
    /// <exception cref="ToolException">It is none.</exception>
    public static Uri Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || SchemeOf(address.Scheme) is not { } scheme)
            throw new ToolException(ExitCode.Usage, $"'{text}' is no address of a hub: one is wss://host:port/sync, or ws:// on this machine.");
        var builder = new UriBuilder(address) { Scheme = scheme };
        if (address.IsDefaultPort) builder.Port = -1;
        if (address.AbsolutePath == "/") builder.Path = DefaultPath;
        return builder.Uri;
    }

    /// <summary>Where a code is exchanged for a token.</summary>
    public static Uri EnrollmentOf(Uri hub) => new UriBuilder(hub) { Scheme = hub.Scheme == "wss" ? "https" : "http", Path = $"{hub.AbsolutePath.TrimEnd('/')}/enroll" }.Uri;

    private static string? SchemeOf(string scheme) => scheme switch
    {
        "wss" or "https" => "wss",
        "ws" or "http" => "ws",
        _ => null,
    };
}
