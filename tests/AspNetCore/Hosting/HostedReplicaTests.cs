using Crdt.AspNetCore.Health;
using Crdt.Storage;
using Crdt.Tests.AspNetCore.Scenes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Crdt.Tests.AspNetCore.Hosting;

public sealed class HostedReplicaTests : IAsyncDisposable
{
    private readonly HubScene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task What_is_missing_is_said_at_the_start()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => _scene.StartAsync(
            hub => (hub.MaxConnections, hub.Patience) = (0, TimeSpan.Zero)));
        Assert.Equal(2, error.Failures.Count());
    }

    [Theory]
    [InlineData("https://shop.example.org/page")]
    [InlineData("shop.example.org")]
    public async Task An_origin_that_is_none_is_refused_at_the_start(string origin) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => _scene.StartAsync(hub => hub.AllowedOrigins.Add(origin)));

    [Fact]
    public async Task A_replica_without_a_store_a_name_and_a_graph_is_refused_at_the_start()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => _scene.StartAsync(configure: options => (options.Name, options.Graph, options.Replica) = ("", null, null)));
        Assert.Equal(3, error.Failures.Count());
    }

    [Fact]
    public async Task A_store_of_another_graph_is_refused_at_the_start()
    {
        await _scene.StartAsync();
        await _scene.StopAsync();
        var error = await Assert.ThrowsAsync<StoreException>(() => _scene.StartAsync(configure: options => options.Graph = "library"));
        Assert.Contains("holds the graph 'shop', not 'library'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_hosts_are_kept_in_step()
    {
        await using var other = new HubScene();
        await other.StartAsync(configure: options => options.Schema = Shop.Items);
        var token = other.Enroll("hub");
        await _scene.StartAsync(configure: options =>
        {
            options.Schema = Shop.Items;
            options.Peers.Add("other", other.Address);
            options.Connections = new() { Token = (_, _) => new(token) };
            options.Gossip = new() { Interval = TimeSpan.FromMilliseconds(50), AntiEntropyInterval = TimeSpan.FromMilliseconds(100) };
        });
        await _scene.Hub.AddItemAsync(1, "lamp");
        await other.Hub.AddItemAsync(2, "chair");
        for (var i = 0; i < 1000 && (await other.Hub.ItemAsync(1) is null || await _scene.Hub.ItemAsync(2) is null); i++) await Task.Delay(10);
        Assert.Equal(("lamp", "chair"), (await other.Hub.ItemAsync(1), await _scene.Hub.ItemAsync(2)));
    }

    [Fact]
    public async Task Its_health_can_be_asked_for()
    {
        HealthCheckService? health = null;
        await _scene.StartAsync(services: services => services.AddHealthChecks().AddCrdtReplica());
        health = _scene.Services.GetRequiredService<HealthCheckService>();
        var report = await health.CheckHealthAsync();
        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Equal(0, report.Entries["crdt"].Data["quarantined"]);
    }
}
