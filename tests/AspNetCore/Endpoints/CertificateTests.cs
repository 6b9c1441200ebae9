using System.Net;
using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using Crdt.AspNetCore.Authorization;
using Crdt.AspNetCore.Endpoints;
using Crdt.AspNetCore.Hosting;
using Crdt.Sqlite;
using Crdt.Sync;
using Crdt.Sync.Gossip;
using Crdt.Tests.AspNetCore.Scenes;
using Microsoft.AspNetCore.Authentication.Certificate;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Crdt.Tests.AspNetCore.Endpoints;

/// <summary>A hub with TLS that lets in by certificate, and gives rights by what stands in it.</summary>
public sealed class CertificateTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("crdt-tls-").FullName;
    private readonly Authority _authority = new("network");
    private readonly Authority _stranger = new("strangers");
    private WebApplication? _app;

    private Uri Address => new UriBuilder(new Uri(_app!.Urls.Single())) { Scheme = "wss", Host = "localhost", Path = "/sync" }.Uri;

    private GraphReplica Hub => _app!.Services.GetRequiredService<HostedReplica>().Replica;

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _authority.Dispose();
        _stranger.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Who_has_a_certificate_of_the_network_is_let_in_with_the_rights_of_its_name()
    {
        await StartAsync();
        await using var laptop = await OpenAsync("laptop");
        await laptop.AddItemAsync(1, "lamp");
        await SyncAsync(laptop, _authority.Client("laptop"));
        Assert.Equal("lamp", await Hub.ItemAsync(1));

        await using var reader = await OpenAsync("reader");
        await SyncAsync(reader, _authority.Client("reader"));
        Assert.Equal("lamp", await reader.ItemAsync(1));
        await reader.AddItemAsync(2, "not to be written");
        Assert.False((await SyncAsync(reader, _authority.Client("reader"))).Lanes["main"].IsComplete);
        Assert.Null(await Hub.ItemAsync(2));
    }

    [Fact]
    public async Task Who_has_none_or_one_that_others_gave_out_is_told_so()
    {
        await StartAsync();
        await using var laptop = await OpenAsync("laptop");
        Assert.Equal("Forbidden", (await Assert.ThrowsAsync<PeerRefusedException>(() => SyncAsync(laptop, null))).Kind);
        Assert.Equal("Forbidden", (await Assert.ThrowsAsync<PeerRefusedException>(() => SyncAsync(laptop, _stranger.Client("laptop")))).Kind);
    }

    [Fact]
    public async Task A_hub_that_others_vouch_for_is_not_connected_to()
    {
        await StartAsync();
        await using var laptop = await OpenAsync("laptop");
        foreach (var roots in new[] { [_stranger.Root], Array.Empty<X509Certificate2>() })
        {
            var error = await Assert.ThrowsAnyAsync<IOException>(() => SyncAsync(laptop, _authority.Client("laptop"), roots));
            Assert.Contains("isn't trusted", error.Message, StringComparison.Ordinal);
            Assert.Contains("TrustedRoots", error.Message, StringComparison.Ordinal);
        }
    }

    private async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            (https.ServerCertificate, https.ClientCertificateMode) = (_authority.Server(), ClientCertificateMode.AllowCertificate);
            https.AllowAnyClientCertificate(); // It is held against the network's authority below.
        })));
        builder.Services.AddCrdtHub(options =>
        {
            (options.Name, options.Schema, options.Replica) = ("hub", Shop.Items, replica => replica.UseSqlite());
            options.Replica += replica => replica.Folder = Path.Combine(_folder, "hub");
        });
        builder.Services.AddAuthentication(CertificateAuthenticationDefaults.AuthenticationScheme).AddCertificate(options =>
        {
            (options.ChainTrustValidationMode, options.RevocationMode) = (X509ChainTrustMode.CustomRootTrust, X509RevocationMode.NoCheck);
            options.CustomTrustStore.Add(_authority.Root);
            options.Events = new() { OnCertificateValidated = GiveRights };
        });
        _app = builder.Build();
        _app.UseWebSockets();
        _app.MapCrdtSync();
        await _app.StartAsync();
    }

    private static Task GiveRights(CertificateValidatedContext context)
    {
        var access = context.ClientCertificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) == "reader" ? "*:r" : "*:rw";
        ((ClaimsIdentity)context.Principal!.Identity!).AddClaim(new(CrdtClaimTypes.Access, access));
        context.Success();
        return Task.CompletedTask;
    }

    private Task<GraphReplica> OpenAsync(string name) => GraphReplica.OpenAsync(name, Shop.Items, options =>
    {
        options.Folder = Path.Combine(_folder, name);
        options.UseSqlite();
    });

    private async Task<Crdt.Sync.Sessions.SyncResult> SyncAsync(GraphReplica replica, X509Certificate2? certificate, IReadOnlyList<X509Certificate2>? roots = null)
    {
        var peers = new WebSocketPeers([new("hub", Address)], new() { ClientCertificates = certificate is null ? [] : [certificate], TrustedRoots = roots ?? [_authority.Root] });
        await using var transport = await peers.ConnectAsync("hub");
        return await replica.SyncAsync(transport);
    }
}
