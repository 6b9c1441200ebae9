using System.Net;
using System.Net.Http.Json;
using System.Text;
using Crdt.AspNetCore.Authentication;
using Crdt.Signing;
using Crdt.Sync;
using Crdt.Sync.Lanes;
using Crdt.Sync.Sessions;
using Crdt.Tests.AspNetCore.Scenes;

namespace Crdt.Tests.AspNetCore.Endpoints;

/// <summary>Tokens that are for one replica, which has proven its key when it was let in.</summary>
public sealed class BoundTokenTests : IAsyncDisposable
{
    private readonly HubScene _scene = new();
    private readonly HttpClient _http = new();

    private Uri Address => new UriBuilder(_scene.Address) { Scheme = "http", Path = "/sync/enroll" }.Uri;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _scene.DisposeAsync();
    }

    [Fact]
    public async Task A_token_is_for_the_replica_that_proved_its_key()
    {
        await _scene.StartAsync();
        var (laptop, thief) = (await _scene.OpenAsync("laptop", Shop.Items), await _scene.OpenAsync("thief", Shop.Items));
        var token = await EnrollAsync(laptop);
        Assert.Equal(laptop.Id.ToString(), _scene.Register.Peers.Single().Replica);
        await laptop.AddItemAsync(1, "lamp");
        await _scene.SyncAsync(laptop, token);
        Assert.Equal("lamp", await _scene.Hub.ItemAsync(1));

        await thief.AddItemAsync(2, "stolen");
        var error = await Assert.ThrowsAsync<SessionException>(() => _scene.SyncAsync(thief, token));
        Assert.Equal(SessionEnd.Forbidden, error.Reason);
        Assert.Contains($"let in as replica {laptop.Id}", error.Message, StringComparison.Ordinal);
        await _scene.Log.SeenAsync(line => line.Contains("introduces itself as", StringComparison.Ordinal));
        Assert.Null(await _scene.Hub.ItemAsync(2));
    }

    [Fact]
    public async Task Nobody_is_let_in_with_anothers_key()
    {
        await _scene.StartAsync();
        var laptop = await _scene.OpenAsync("laptop", Shop.Items);
        var code = Invite("laptop");
        var other = (await laptop.ProveIdentityAsync("another code"u8.ToArray()))!;
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(code, other)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(code, other with { Signature = default })).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(code, await laptop.ProveIdentityAsync(Encoding.UTF8.GetBytes(code)))).StatusCode);
    }

    [Fact]
    public async Task What_a_revoked_replica_writes_is_taken_from_nobody()
    {
        await _scene.StartAsync();
        var (laptop, office) = (await _scene.OpenAsync("laptop", Shop.Items), await _scene.OpenAsync("office", Shop.Items));
        var (laptops, offices) = (await EnrollAsync(laptop), await EnrollAsync(office));
        await laptop.AddItemAsync(1, "before");
        await office.AddItemAsync(9, "office");
        await _scene.SyncAsync(laptop, laptops);
        await _scene.SyncAsync(office, offices);
        _scene.Register.Revoke("laptop");
        await laptop.AddItemAsync(2, "after");
        await Assert.ThrowsAsync<Crdt.Sync.Gossip.PeerRefusedException>(() => _scene.SyncAsync(laptop, laptops));
        await office.SyncAsync(laptop); // A friend, who doesn't know of it, passes it on.
        await office.AddItemAsync(3, "honest");
        var result = await _scene.SyncAsync(office, offices);
        Assert.True(result.RefusedByPeer > 0);
        Assert.Equal(("before", null), (await _scene.Hub.ItemAsync(1), await _scene.Hub.ItemAsync(2)));

        // Let in again under another name, it is no longer revoked.
        await _scene.SyncAsync(laptop, await EnrollAsync(laptop, "laptop again"));
        Assert.Equal("after", await _scene.Hub.ItemAsync(2));
        await _scene.SyncAsync(office, offices);
        Assert.Equal("honest", await _scene.Hub.ItemAsync(3));
    }

    [Fact]
    public async Task A_new_machine_under_the_name_of_a_stolen_one_does_not_let_that_one_in()
    {
        await _scene.StartAsync();
        var (stolen, bought) = (await _scene.OpenAsync("stolen", Shop.Items), await _scene.OpenAsync("bought", Shop.Items));
        await EnrollAsync(stolen, "laptop");
        _scene.Register.Revoke("laptop");
        await EnrollAsync(bought, "laptop");
        Assert.Equal((true, false), (_scene.Register.IsRevoked(stolen.Id), _scene.Register.IsRevoked(bought.Id)));
        await EnrollAsync(stolen, "found again");
        Assert.False(_scene.Register.IsRevoked(stolen.Id));
    }

    private string Invite(string name) => _scene.Register.Invite(name, PeerAccess.Parse("*:rw"));

    private async Task<string> EnrollAsync(GraphReplica replica, string? name = null)
    {
        var code = Invite(name ?? replica.Name);
        using var answer = await PostAsync(code, await replica.ProveIdentityAsync(Encoding.UTF8.GetBytes(code)));
        return (await answer.Content.ReadFromJsonAsync<EnrollmentAnswer>())!.Token;
    }

    private Task<HttpResponseMessage> PostAsync(string code, IdentityProof? proof) =>
        _http.PostAsJsonAsync(Address, new { code, publicKey = proof?.PublicKey.ToArray(), signature = proof?.Signature.ToArray() });
}
