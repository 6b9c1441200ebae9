using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Crdt.Cli.Dashboard;

/// <summary>
/// One page that shows a hub live, for people at this machine: it is answered to connections from here only, and under a name of this machine only, so that no page of somebody else's can read it (DNS rebinding). Nothing can be
/// changed by it.
/// </summary>
internal static class DashboardEndpoints
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly string[] Proxied = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];
    private static readonly string[] Files = ["index.html", "dashboard.js", "dashboard.css"];

    /// <summary>Maps the page at <c>/dashboard/</c>, and what it reads at <c>/dashboard/state</c> and, every second, <c>/dashboard/live</c>.</summary>
    public static void MapDashboard(this WebApplication app)
    {
        var reader = ActivatorUtilities.CreateInstance<DashboardReader>(app.Services);
        app.Lifetime.ApplicationStopped.Register(reader.Dispose);
        var group = app.MapGroup("/dashboard").AllowAnonymous().AddEndpointFilter(async (invocation, next) => IsHere(invocation.HttpContext) ? await next(invocation).ConfigureAwait(false) : Results.Text("The dashboard is for this machine alone: open it there, under localhost.\n", statusCode: StatusCodes.Status403Forbidden));
        foreach (var file in Files) group.MapGet(file == Files[0] ? "/" : $"/{file}", (HttpContext context) => Serve(context, file));
        group.MapGet("/state", (HttpContext context) => WriteAsync(context, reader));
        group.MapGet("/live", (HttpContext context) => StreamAsync(context, reader, app.Lifetime.ApplicationStopping));
    }

    private static bool IsHere(HttpContext context)
    {
        var isLocal = context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);
        var host = context.Request.Host.Host;
        var isPassedOn = Proxied.Any(context.Request.Headers.ContainsKey);
        return isLocal && !isPassedOn && (host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var named) && IPAddress.IsLoopback(named)));
    }

    private static IResult Serve(HttpContext context, string file)
    {
        context.Response.Headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'none'";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        var type = Path.GetExtension(file) switch { ".html" => "text/html; charset=utf-8", ".js" => "text/javascript; charset=utf-8", _ => "text/css; charset=utf-8" };
        return Results.Stream(typeof(DashboardEndpoints).Assembly.GetManifestResourceStream($"Crdt.Cli.Dashboard.Page.{file}")!, type);
    }

    private static async Task WriteAsync(HttpContext context, DashboardReader reader)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(await reader.ReadAsync(context.RequestAborted).ConfigureAwait(false), context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>Server-sent events (the HTML standard, section 9.2), one state each second.</summary>
    private static async Task StreamAsync(HttpContext context, DashboardReader reader, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        using var timer = new PeriodicTimer(Interval);
        try
        {
            do
            {
                await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("data: "), ending.Token).ConfigureAwait(false);
                await context.Response.Body.WriteAsync(await reader.ReadAsync(ending.Token).ConfigureAwait(false), ending.Token).ConfigureAwait(false);
                await context.Response.Body.WriteAsync("\n\n"u8.ToArray(), ending.Token).ConfigureAwait(false);
                await context.Response.Body.FlushAsync(ending.Token).ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(ending.Token).ConfigureAwait(false));
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // The page was closed, or the replica is opened anew: the page asks again by itself.
        }
    }
}
