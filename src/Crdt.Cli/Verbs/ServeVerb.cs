using System.CommandLine;
using System.Text.Json.Nodes;
using Crdt.Cli.Replicas;
using Crdt.Cli.Serving;
using Microsoft.AspNetCore.Builder;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt serve</c>: makes a replica a hub that others sync with, until it is interrupted.</summary>
internal static class ServeVerb
{
    private const string DefaultUrl = "http://127.0.0.1:7400";
    private static readonly Argument<string?> Database = new("database") { Description = "A replica's folder, or a Kuzu database, which is adopted the first time.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string[]> Urls = new("--url") { Description = $"Where to listen; may be repeated. {DefaultUrl} by default, which is this machine alone.", HelpName = "url" };
    private static readonly Option<string?> Certificate = new("--certificate") { Description = "The certificate for https://, with its chain, in PEM.", HelpName = "file" };
    private static readonly Option<string?> Key = new("--key") { Description = "The certificate's key, in PEM; by default in the same file.", HelpName = "file" };
    private static readonly Option<string[]> Origins = new("--origin") { Description = "A page that may connect from browsers, such as https://shop.example.org; may be repeated.", HelpName = "origin" };
    private static readonly Option<string[]> Peers = new("--peer") { Description = "Another hub to keep in agreement with; may be repeated. 'crdt sync --code' lets in to it first.", HelpName = "address" };
    private static readonly Option<bool> PlainText = new("--plain-text") { Description = "Serve other machines without TLS, where a proxy in front speaks it or the network is encrypted itself." };
    private static readonly Option<bool> Anonymous = new("--anonymous") { Description = "Let everybody read and write everything. For trying things out on one machine." };

    private static readonly Option<bool> Dashboard = new("--dashboard") { Description = "Show replicas, vectors, lag, conflicts and traffic on a page, /dashboard/, to browsers on this machine." };

    public static Command Create() =>
        new Command("serve", "Let other replicas sync with this one, until interrupted.") { Database, Urls, Certificate, Key, Origins, Peers, PlainText, Anonymous, Dashboard, SharedOptions.Replica }.Does(RunAsync);

    private static async Task<ExitCode> RunAsync(Invocation invocation)
    {
        var home = await DatabaseAdoption.HomeOfAsync(invocation, invocation.Of(Database)).ConfigureAwait(false);
        var urls = invocation.Of(Urls) is { Length: > 0 } some ? some : [DefaultUrl];
        var hub = new HubHost(home)
        {
            Listeners = [.. urls.Select(url => Listener.Parse(url, invocation.Of(Certificate), invocation.Of(Key)))],
            Origins = invocation.Of(Origins) ?? [],
            Peers = [.. (invocation.Of(Peers) ?? []).Select(Hubs.HubAddress.Parse)],
            AllowsPlainText = invocation.Of(PlainText),
            AllowsAnonymous = invocation.Of(Anonymous),
            HasDashboard = invocation.Of(Dashboard),
            IsJson = invocation.Output.IsJson,
        };
        var app = hub.Build();
        await using var closing = app.ConfigureAwait(false);
        await StartAsync(app, invocation.Cancellation).ConfigureAwait(false);
        Announce(invocation, home, app);
        await WaitAsync(app, invocation.Cancellation).ConfigureAwait(false);
        return ExitCode.Done;
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException error) when (error.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new ToolException(ExitCode.Failed, $"{error.InnerException.Message} Another program listens there: choose another port with --url.", error);
        }
        catch (Microsoft.Extensions.Options.OptionsValidationException error)
        {
            throw new ToolException(ExitCode.Usage, string.Join(' ', error.Failures), error);
        }
    }

    private static void Announce(Invocation invocation, ReplicaHome home, WebApplication app)
    {
        var addresses = app.Urls.Select(url => Hubs.HubAddress.Parse(url).ToString()).ToList();
        invocation.Output.ReportLine(
            new JsonObject { ["listening"] = new JsonArray([.. addresses.Select(address => JsonValue.Create(address))]), ["replica"] = home.Folder, ["graph"] = home.Settings.Graph },
            $"Serving '{home.Settings.Graph}' of {home.Folder} at {string.Join(", ", addresses)}; Ctrl-C ends it. 'crdt enroll <name> -r {home.Folder}' lets a replica in.");
    }

    private static async Task WaitAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource();
        using var stopping = app.Lifetime.ApplicationStopping.Register(stopped.SetResult);
        try
        {
            await stopped.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how it ends.
        }

        await app.StopAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
