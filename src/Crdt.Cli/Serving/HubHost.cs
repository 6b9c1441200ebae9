using Crdt.AspNetCore.Authentication;
using Crdt.AspNetCore.Endpoints;
using Crdt.AspNetCore.Health;
using Crdt.AspNetCore.Hosting;
using Crdt.Cli.Dashboard;
using Crdt.Cli.Replicas;
using Crdt.Sync.Gossip;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crdt.Cli.Serving;

/// <summary>The host of a hub: what <c>crdt serve</c> runs.</summary>
internal sealed class HubHost(ReplicaHome home)
{
    public required IReadOnlyList<Listener> Listeners { get; init; }

    public IReadOnlyList<string> Origins { get; init; } = [];

    public IReadOnlyList<Uri> Peers { get; init; } = [];

    public bool AllowsPlainText { get; init; }

    public bool AllowsAnonymous { get; init; }

    public bool HasDashboard { get; init; }

    public bool IsJson { get; init; }

    /// <summary>Puts it together; it listens once it is started.</summary>
    /// <exception cref="ToolException">It would serve other machines in plain text, or everybody.</exception>
    public WebApplication Build()
    {
        if (Listeners.FirstOrDefault(listener => listener is { IsLocal: false, Certificate: null }) is { } open && !AllowsPlainText)
            throw new ToolException(ExitCode.Usage, $"{open.Url} reaches beyond this machine without TLS: use https:// with --certificate, or --plain-text where a proxy in front speaks TLS.");
        if (AllowsAnonymous && Listeners.Any(listener => !listener.IsLocal)) throw new ToolException(ExitCode.Usage, "--anonymous is for this machine alone: let replicas in with 'crdt enroll'.");
        if (HasDashboard && AllowsPlainText) throw new ToolException(ExitCode.Usage, "--dashboard is for browsers on this machine alone, and a proxy, for which --plain-text is, would show it to everybody: use one or the other.");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = Path.GetFullPath(home.Folder) });
        builder.Configuration.Sources.Clear(); // What stands on the command line counts, and no file that happens to lie around.
        Log(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var listener in Listeners)
            {
                kestrel.Listen(listener.Address, listener.Url.Port, listen =>
                {
                    if (listener.Certificate is { } certificate) listen.UseHttps(certificate);
                });
            }
        });
        builder.Services.AddCrdtHub(Describe, Secure);
        builder.Services.AddAuthentication().AddCrdtTokens(home.Register);
        builder.Services.AddHealthChecks().AddCrdtReplica();
        return Map(builder.Build());
    }

    private WebApplication Map(WebApplication app)
    {
        app.UseWebSockets();
        app.MapCrdtSync("/sync");
        app.MapCrdtEnrollment(home.Register, "/sync/enroll");
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
        if (HasDashboard) app.MapDashboard();
        return app;
    }

    private void Describe(CrdtReplicaOptions replica)
    {
        (replica.Name, replica.Graph, replica.Replica) = (home.Settings.Name, home.Settings.Graph, home.Configure);
        foreach (var peer in Peers) replica.Peers.Add(peer.ToString(), peer);
        replica.Connections = new WebSocketPeersOptions
        {
            AllowsPlainText = AllowsPlainText,
            Token = (peer, _) => new(home.Hubs.At(new Uri(peer))?.Token),
        };
    }

    private void Secure(CrdtHubOptions hub)
    {
        (hub.AllowsPlainText, hub.AllowsAnonymousForDevelopment) = (AllowsPlainText, AllowsAnonymous);
        hub.AllowedOrigins.UnionWith(Origins);
    }

    private void Log(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Error);
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        if (IsJson) logging.AddJsonConsole(console => console.UseUtcTimestamp = true);
        else logging.AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss "));
    }
}
