using Crdt.Entities;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Sync.Batches;
using Crdt.Sync.Compression;
using Crdt.Sync.Networking;
using Crdt.Tests.Specification.Model;

namespace Crdt.Tests.Specification;

/// <summary>Section 6 of the specification: compression, and strategies for bad networks.</summary>
public sealed class NetworkOptimizationTests : IAsyncDisposable
{
    private readonly World _world = new();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    /// <summary>A graph of 1,000 nodes and 5,000 relationships shrinks by more than half, and comes back as it was.</summary>
    [Fact]
    public async Task SyncCompression()
    {
        var (a, b) = (await _world.OpenAsync("node_a"), await _world.OpenAsync("node_b"));
        await World.AddUsersAsync(a, 0, 1_000);
        await World.EditAsync(a, transaction =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                var (from, to) = (EntityId.Node(User.EntityType, $"user_{i % 1_000}"), EntityId.Node(User.EntityType, $"user_{(i * 7 + (i / 1_000) + 1) % 1_000}"));
                transaction.Connect<Follows>(from, to).Since = new DateOnly(2024, 1, 1).AddDays(i % 365);
            }
        });

        var rows = await _world.ReadStoreAsync(a);
        Assert.Equal(6_000, rows.Count);
        var plain = rows.Sum(row => (long)row.Id.Bytes.Length + row.State.Length);
        var compressor = CompressorChoice.Find(CompressorChoice.Best(CompressorChoice.Ids.Span, CompressorChoice.Ids.Span))!;
        Assert.Equal("zstd", compressor.Name);
        var compressed = CompressedEnvelope.Seal(RowBatchCodec.Encode(rows), compressor);
        Assert.Equal(ZstdCompressor.WireId, compressed[0]);
        Assert.True(1 - ((double)compressed.Length / plain) > 0.5, $"{plain} bytes became {compressed.Length}");
        var decompressed = RowBatchCodec.Decode(CompressedEnvelope.Open(compressed));
        Assert.Equal(rows.Select(Text), decompressed.Select(Text));

        // And on the way from one replica to another.
        a = await _world.OpenAsync("node_a");
        var result = await b.SyncAsync(a);
        Assert.Equal(6_000, result.Received.Entities);
        Assert.True(result.Received.Bytes < plain / 2, $"{result.Received.Bytes} bytes came for {plain}");
        await World.AssertEqualAsync(a, b);
    }

    /// <summary>The network is measured from what sessions carry; a narrow one takes the critical lanes only, and a slow one large batches.</summary>
    [Theory]
    [InlineData(0.5, 20, SyncStrategyType.PriorityBased)]
    [InlineData(0.5, 900, SyncStrategyType.PriorityBased)]
    [InlineData(50, 900, SyncStrategyType.BatchOptimized)]
    [InlineData(50, 20, SyncStrategyType.Immediate)]
    public void AdaptiveSyncStrategy(double bandwidthMbps, double latencyMs, SyncStrategyType expected)
    {
        var strategy = SyncStrategy.Select(new NetworkQuality(bandwidthMbps, latencyMs, LossRate: 0));
        Assert.Equal(expected, strategy.Type);
        Assert.Equal(expected == SyncStrategyType.PriorityBased, strategy.SyncsCriticalOnly);
        if (expected == SyncStrategyType.BatchOptimized) Assert.True(strategy.BatchSize > 100);
        Assert.NotEmpty(strategy.Reason);
    }

    /// <summary>And what is chosen is what is done, with what was measured.</summary>
    [Fact]
    public async Task AdaptiveSyncStrategyInTheEngine()
    {
        var (a, b) = (await _world.OpenAsync("node_a"), await _world.OpenAsync("node_b"));
        await World.AddUsersAsync(a, 0, 200);
        var result = await a.SyncAsync(b);
        Assert.True(a.NetworkQuality.ContainsKey("node_b"));
        Assert.Equal(SyncStrategyType.Immediate, result.Strategy.Type);
        var batched = await a.SyncAsync(b, new SyncOptions { Strategy = SyncStrategy.Select(new NetworkQuality(50, 900, 0)) });
        Assert.Equal(SyncStrategyType.BatchOptimized, batched.Strategy.Type);
        Assert.Contains("900", batched.Strategy.Reason);
        await World.AssertEqualAsync(a, b);
    }

    private static string Text(StoredEntity row) => $"{row.Id} {Convert.ToHexString(row.State.Span)}";
}
