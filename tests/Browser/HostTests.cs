using Crdt.Codec;
using Crdt.Signing;
using Crdt.Sync.Compression;
using Microsoft.Playwright;

namespace Crdt.Tests.Browser;

/// <summary>What the framework lacks in a browser comes from elsewhere, and is the same.</summary>
public sealed class HostTests(Site site)
{
    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(70_000)]
    [InlineData(CompressedEnvelope.MaxContent)]
    public async Task Zstd_reads_what_this_host_writes_and_writes_what_it_reads(int length)
    {
        var content = new byte[length];
        for (var i = 0; i < length; i++) content[i] = (byte)((i >> 10) * 37);
        var page = await site.OpenAsync();
        var frame = await page.EvaluateAsync<string>("([frame, length]) => run('Recompress', frame, length)", new object[] { Compress(content), length });
        Assert.True(content.AsSpan().SequenceEqual(new ZstdCompressor().Decompress(Convert.FromBase64String(frame), length)));
    }

    [Fact]
    public async Task Zstd_refuses_a_frame_that_was_altered_or_announces_another_length()
    {
        var page = await site.OpenAsync();
        var frame = Compress(new byte[1000]);
        await RefusedAsync("was announced as one of 999", frame, 999);
        await RefusedAsync("no zstd frame that says its length", Convert.ToBase64String([1, 2, 3]), 1000);
        var bytes = Convert.FromBase64String(frame);
        await RefusedAsync("no zstd frame, or one that was altered", Convert.ToBase64String(bytes[..^5]), 1000);

        async Task RefusedAsync(string reason, string altered, int length)
        {
            var error = await Assert.ThrowsAsync<PlaywrightException>(() => page.EvaluateAsync<string>("([frame, length]) => run('Recompress', frame, length)", new object[] { altered, length }));
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Signatures_of_this_host_hold_and_altered_ones_do_not()
    {
        using var key = ReplicaKey.Create();
        var page = await site.OpenAsync();
        byte[] message = [1, 2, 3];
        for (var i = 0; i < 8; i++)
        {
            var signature = key.Sign("test", message);
            Assert.True(await VerifyAsync("test", message, signature));
            signature[i * 8] ^= 1;
            Assert.False(await VerifyAsync("test", message, signature));
        }

        Assert.False(await VerifyAsync("another", message, key.Sign("test", message)));

        Task<bool> VerifyAsync(string purpose, byte[] said, byte[] signature) => page.EvaluateAsync<bool>(
            "values => run('Verify', ...values)",
            new[] { Convert.ToBase64String(key.PublicKey.Span), purpose, Convert.ToBase64String(said), Convert.ToBase64String(signature) });
    }

    private static string Compress(byte[] content)
    {
        var writer = new WireWriter(1024);
        new ZstdCompressor().Compress(content, ref writer);
        return Convert.ToBase64String(writer.Finish());
    }
}
