using Crdt.Codec;
using Crdt.Sync.Compression;

namespace Crdt.Tests.Sync.Compression;

/// <summary>Little that becomes very much is refused before it does, whatever it claims to become.</summary>
public sealed class BombTests
{
    private const int MostMemory = 2 * 1024 * 1024;

    [Theory]
    [InlineData(1u << 30)]
    [InlineData(16u << 20)]
    [InlineData(1u << 20)]
    [InlineData(500_000u)]
    [InlineData(1_000u)]
    public void A_zstd_frame_that_becomes_a_gibibyte_is_refused(uint claimed)
    {
        var bytes = Bomb.Envelope(ZstdCompressor.WireId, claimed, Bomb.Zstd(claimed));
        Assert.InRange(bytes.Length, 1, 33 * 1024);
        var error = Refuse(bytes);
        // A block of four bytes becomes 128 KiB: no more was read than the claimed length takes, and a little that the library reads ahead.
        Assert.InRange(error.Offset, 0, 64 + (((int)Math.Min(claimed, 16u << 20) >> 17) * 4));
    }

    [Theory]
    [InlineData(1_000u, 1_000_000u)]
    [InlineData(16u << 20, 1u << 30)]
    public void A_zstd_frame_that_is_announced_as_another_length_than_it_claims_is_refused_at_once(uint announced, uint claimed) =>
        Assert.InRange(Refuse(Bomb.Envelope(ZstdCompressor.WireId, announced, Bomb.Zstd(claimed))).Offset, 0, 5);

    [Theory]
    [InlineData(1ul << 30)]
    [InlineData(16ul << 20)]
    [InlineData(1ul << 20)]
    [InlineData(500_000ul)]
    [InlineData(1_000ul)]
    public void A_brotli_stream_that_becomes_a_quarter_of_that_is_refused(ulong claimed) => Refuse(Bomb.Envelope(BrotliCompressor.WireId, claimed, Bomb.Brotli()));

    [Theory]
    [InlineData(0x0F)]
    [InlineData(0x1F)]
    [InlineData(0x11)]
    public void A_brotli_window_of_16_mebibytes_or_more_is_refused(byte first)
    {
        var bytes = Bomb.Envelope(BrotliCompressor.WireId, 1_000, [0, 0, 0, 0, first, 0, 0, 0]);
        Assert.Contains("window", Refuse(bytes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_zstd_window_of_16_mebibytes_is_refused()
    {
        // Not one segment: the window has a byte of its own, 2^(10 + 14), and four bytes say the length, 200,000. Twice 100,000 zeros follow.
        byte[] frame = [0x28, 0xB5, 0x2F, 0xFD, 0x80, 14 << 3, 0x40, 0x0D, 0x03, 0, 0x02, 0x35, 0x0C, 0, 0x03, 0x35, 0x0C, 0];
        Refuse(Bomb.Envelope(ZstdCompressor.WireId, 200_000, frame));
        frame[5] = 8 << 3;
        Assert.Equal(200_000, CompressedEnvelope.Open(Bomb.Envelope(ZstdCompressor.WireId, 200_000, frame)).Length);
    }

    [Fact]
    public void Honest_content_that_shrinks_a_thousandfold_is_no_bomb()
    {
        var content = new byte[CompressedEnvelope.MaxContent];
        foreach (var compressor in CompressorChoice.Available) Assert.Equal(content.Length, CompressedEnvelope.Open(CompressedEnvelope.Seal(content, compressor)).Length);
    }

    private static WireFormatException Refuse(byte[] bytes)
    {
        // What is made once for good isn't the bomb's.
        Assert.Throws<WireFormatException>(() => CompressedEnvelope.Open(Bomb.Envelope(bytes[0], 1_000, new byte[100])));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<WireFormatException>(() => CompressedEnvelope.Open(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostMemory);
        Assert.InRange(error.Offset, 0, bytes.Length);
        return error;
    }
}
