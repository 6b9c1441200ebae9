using System.Net;
using System.Net.Http.Json;
using System.Text;
using Crdt.AspNetCore.Authentication;
using Crdt.Sync.Lanes;
using Crdt.Tests.AspNetCore.Scenes;

namespace Crdt.Tests.AspNetCore.Endpoints;

/// <summary>One-time codes that are exchanged for tokens.</summary>
public sealed class EnrollmentTests : IAsyncDisposable
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
    public async Task A_code_becomes_a_token_that_lets_in()
    {
        await _scene.StartAsync();
        var code = _scene.Register.Invite("laptop", PeerAccess.Parse("main:rw"));
        using var answer = await _http.PostAsJsonAsync(Address, new { code });
        var enrolled = await answer.Content.ReadFromJsonAsync<EnrollmentAnswer>();
        Assert.Equal(("laptop", "main:rw, *:none"), (enrolled!.Name, enrolled.Access));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var laptop = await _scene.OpenAsync("laptop", Shop.Items);
        await laptop.AddItemAsync(1, "lamp");
        await _scene.SyncAsync(laptop, enrolled.Token);
        Assert.Equal("lamp", await _scene.Hub.ItemAsync(1));
        Assert.Equal(HttpStatusCode.Forbidden, (await _http.PostAsJsonAsync(Address, new { code })).StatusCode);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"code\": 5}")]
    [InlineData("{\"code\": \"AAAAA-BBBBB-CCCCC-DDDDD\"}")]
    public async Task What_is_no_code_is_refused_with_what_to_do(string body)
    {
        await _scene.StartAsync();
        using var answer = await _http.PostAsync(Address, new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("ask whoever runs the hub for another", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_refused()
    {
        await _scene.StartAsync();
        using var answer = await _http.PostAsync(Address, new ByteArrayContent(new byte[100_000]));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Fact]
    public async Task Codes_can_not_be_tried_out_without_end()
    {
        await _scene.StartAsync(hub => hub.MaxConnectsPerMinute = 5);
        for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.Forbidden, (await _http.PostAsJsonAsync(Address, new { code = "AAAAA" })).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await _http.PostAsJsonAsync(Address, new { code = "AAAAA" })).StatusCode);
    }
}
