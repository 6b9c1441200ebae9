using Crdt.AspNetCore.Authorization;
using Crdt.Sync.Lanes;
using Crdt.Sync.Sessions;
using Crdt.Tests.AspNetCore.Scenes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Crdt.Tests.AspNetCore.Endpoints;

/// <summary>Replicas that meet through a hub, with the rights that they have there.</summary>
public sealed class HubTests : IAsyncDisposable
{
    private readonly HubScene _scene = new();

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Replicas_come_to_agree_through_a_hub_that_has_no_classes()
    {
        await _scene.StartAsync();
        var (office, laptop) = (await _scene.OpenAsync("office", Shop.All), await _scene.OpenAsync("laptop", Shop.All));
        var (officeToken, laptopToken) = (_scene.Enroll("office"), _scene.Enroll("laptop"));
        await office.AddItemAsync(1, "lamp");
        await laptop.AddOrderAsync(1, "two lamps");
        await _scene.SyncAsync(office, officeToken);
        await _scene.SyncAsync(laptop, laptopToken);
        await _scene.SyncAsync(office, officeToken);
        Assert.Equal(("lamp", "two lamps"), (await laptop.ItemAsync(1), await office.OrderAsync(1)));
        foreach (var lane in office.Lanes)
        {
            Assert.Equal((await office.GetMerkleTreeAsync(lane)).Root, (await _scene.Hub.GetMerkleTreeAsync(lane)).Root);
            Assert.Equal((await office.GetMerkleTreeAsync(lane)).Root, (await laptop.GetMerkleTreeAsync(lane)).Root);
        }

        await _scene.Log.SeenAsync(line => line.Contains("has learnt 2 types", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hub_keeps_what_it_has_learnt_and_learns_more_from_a_newer_program()
    {
        await _scene.StartAsync();
        var (old, young) = (await _scene.OpenAsync("old", Shop.Items), await _scene.OpenAsync("young", Shop.All));
        await old.AddItemAsync(1, "lamp");
        await young.AddOrderAsync(1, "a lamp");
        await _scene.SyncAsync(old, _scene.Enroll("old"));
        await _scene.SyncAsync(young, _scene.Enroll("young"));
        await _scene.StopAsync();
        await _scene.StartAsync();
        Assert.Equal(["Item", "Order"], _scene.Hub.Schema.Types.Select(type => type.Name));
        Assert.Equal(("lamp", "a lamp"), (await _scene.Hub.ItemAsync(1), await _scene.Hub.OrderAsync(1)));
    }

    [Fact]
    public async Task Rights_are_by_lane_and_direction_and_what_no_claim_names_is_denied()
    {
        await _scene.StartAsync();
        var office = await _scene.OpenAsync("office", Shop.All);
        await office.AddItemAsync(1, "lamp");
        await office.AddOrderAsync(1, "secret");
        await _scene.SyncAsync(office, _scene.Enroll("office"));
        var guest = await _scene.OpenAsync("guest", Shop.All);
        await guest.AddItemAsync(2, "a joke");
        var result = await _scene.SyncAsync(guest, _scene.Enroll("guest", "main:r"));
        Assert.Equal(("lamp", null), (await guest.ItemAsync(1), await guest.OrderAsync(1)));
        Assert.Null(await _scene.Hub.ItemAsync(2));
        Assert.Equal(["main"], result.Lanes.Keys);
        Assert.Contains("may not write", result.Lanes["main"].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_of_the_application_decides_where_it_is_named()
    {
        await _scene.StartAsync(
            hub => hub.Policies[("*", LaneAccess.Read)] = "friends",
            services: services => services.AddAuthorizationBuilder().AddPolicy("friends", policy => policy.RequireUserName("friend")));
        var office = await _scene.OpenAsync("office", Shop.Items);
        await office.AddItemAsync(1, "lamp");
        await _scene.SyncAsync(office, _scene.Enroll("office", "*:w"));
        var (friend, stranger) = (await _scene.OpenAsync("friend", Shop.Items), await _scene.OpenAsync("stranger", Shop.Items));
        await _scene.SyncAsync(friend, _scene.Enroll("friend", "*:none"));
        await _scene.SyncAsync(stranger, _scene.Enroll("stranger", "*:w"));
        Assert.Equal(("lamp", null), (await friend.ItemAsync(1), await stranger.ItemAsync(1)));
    }

    [Fact]
    public async Task A_handler_of_the_application_gives_rights_beside_the_claims()
    {
        await _scene.StartAsync(services: services => services.AddSingleton<IAuthorizationHandler, EverybodyReads>());
        var (office, guest) = (await _scene.OpenAsync("office", Shop.Items), await _scene.OpenAsync("guest", Shop.Items));
        await office.AddItemAsync(1, "lamp");
        await _scene.SyncAsync(office, _scene.Enroll("office"));
        await _scene.SyncAsync(guest, _scene.Enroll("guest", "*:none"));
        Assert.Equal("lamp", await guest.ItemAsync(1));
    }

    [Fact]
    public async Task A_graph_of_another_name_is_refused_on_both_sides()
    {
        await _scene.StartAsync(configure: options => options.Graph = "library");
        var office = await _scene.OpenAsync("office", Shop.Items);
        var error = await Assert.ThrowsAsync<SessionException>(() => _scene.SyncAsync(office, _scene.Enroll("office")));
        Assert.Equal(SessionEnd.SchemaConflict, error.Reason);
        await _scene.Log.SeenAsync(line => line.Contains("SchemaConflict", StringComparison.Ordinal) && line.Contains("'library version 1'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_peer_that_may_only_read_teaches_no_types()
    {
        await _scene.StartAsync();
        var office = await _scene.OpenAsync("office", Shop.Items);
        await _scene.SyncAsync(office, _scene.Enroll("office"));
        var guest = await _scene.OpenAsync("guest", Shop.All);
        await _scene.SyncAsync(guest, _scene.Enroll("guest", "*:r"));
        Assert.Equal(["Item"], _scene.Hub.Schema.Types.Select(type => type.Name));
    }

    private sealed class EverybodyReads : AuthorizationHandler<LaneRequirement>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, LaneRequirement requirement)
        {
            if (requirement.Direction == LaneAccess.Read) context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}
