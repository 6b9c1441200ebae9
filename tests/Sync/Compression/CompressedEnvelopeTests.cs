using System.Text;
using Crdt.Codec;
using Crdt.Sync.Compression;

namespace Crdt.Tests.Sync.Compression;

/// <summary>What is sealed is opened again, and nothing else is.</summary>
public sealed class CompressedEnvelopeTests
{
    public static TheoryData<byte> Codecs => [.. CompressorChoice.Ids.ToArray()];

    public static TheoryData<byte> Compressing => [.. CompressorChoice.Ids.ToArray().Where(id => id != PlainCompressor.WireId)];

    [Fact]
    public void This_host_has_all_compressors() => Assert.Equal([ZstdCompressor.WireId, BrotliCompressor.WireId, PlainCompressor.WireId], CompressorChoice.Ids.ToArray());

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Content_of_any_length_comes_back_as_it_was(byte codec)
    {
        foreach (var length in (int[])[0, 1, 127, 128, 129, 1_000, 65_535, 65_536, 65_537, 131_072, 600_000, 5_000_000])
        {
            byte[][] contents = [Text(length), Noise(length), new byte[length]];
            foreach (var content in contents) Assert.Equal(content, CompressedEnvelope.Open(CompressedEnvelope.Seal(content, CompressorChoice.Find(codec)!)));
        }
    }

    [Theory]
    [MemberData(nameof(Compressing))]
    public void Text_shrinks_to_less_than_a_third(byte codec)
    {
        var sealedText = CompressedEnvelope.Seal(Text(100_000), CompressorChoice.Find(codec)!);
        Assert.Equal(codec, sealedText[0]);
        Assert.InRange(sealedText.Length, 1, 33_000);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void What_is_tiny_or_does_not_shrink_travels_as_it_is(byte codec)
    {
        foreach (var content in (byte[][])[new byte[127], Noise(10_000)])
        {
            var bytes = CompressedEnvelope.Seal(content, CompressorChoice.Find(codec)!);
            Assert.Equal(PlainCompressor.WireId, bytes[0]);
            Assert.InRange(bytes.Length, content.Length + 2, content.Length + 4);
        }
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void What_is_cut_off_is_refused_at_any_byte(byte codec)
    {
        var bytes = CompressedEnvelope.Seal(Text(2_000), CompressorChoice.Find(codec)!);
        for (var length = 0; length < bytes.Length; length++) Refuse(bytes[..length]);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void What_follows_is_refused(byte codec)
    {
        var bytes = CompressedEnvelope.Seal(Text(2_000), CompressorChoice.Find(codec)!);
        Refuse([.. bytes, 0]);
        Refuse([.. bytes, .. bytes]);
    }

    [Theory]
    [MemberData(nameof(Compressing))]
    public void What_was_altered_in_any_bit_is_refused_or_still_the_same(byte codec)
    {
        var content = Text(2_000);
        var bytes = CompressedEnvelope.Seal(content, CompressorChoice.Find(codec)!);
        var refused = 0;
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            byte[] altered = [.. bytes];
            altered[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                // Some bits say nothing, such as the padding of a last byte.
                Assert.Equal(content, CompressedEnvelope.Open(altered));
            }
            catch (WireFormatException error)
            {
                refused++;
                Assert.InRange(error.Offset, 0, altered.Length);
            }
        }

        Assert.InRange(refused, bytes.Length * 8 * 95 / 100, bytes.Length * 8);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 9, 0 })]
    [InlineData(new byte[] { 0, 3, 1, 2 })]
    [InlineData(new byte[] { 0, 1, 1, 2 })]
    [InlineData(new byte[] { 0, 0x81, 0, 1 })]
    [InlineData(new byte[] { 2, 5, 0x28, 0xB5, 0x2F, 0xFD, 0x20, 0x05, 0x29, 0, 0, 1, 2, 3, 4, 5 })]
    [InlineData(new byte[] { 1, 0x80, 0x01 })]
    public void What_is_no_envelope_is_refused(byte[] bytes) => Refuse(bytes);

    [Theory]
    [MemberData(nameof(Codecs))]
    public void A_limit_is_kept(byte codec)
    {
        var bytes = CompressedEnvelope.Seal(new byte[1_000], CompressorChoice.Find(codec)!);
        Assert.Equal(1_000, CompressedEnvelope.Open(bytes, 1_000).Length);
        Assert.Throws<WireFormatException>(() => CompressedEnvelope.Open(bytes, 999));
        Assert.Throws<ArgumentException>(() => CompressedEnvelope.Seal(new byte[CompressedEnvelope.MaxContent + 1], CompressorChoice.Find(codec)!));
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Many_threads_use_one_compressor(byte codec)
    {
        var compressor = CompressorChoice.Find(codec)!;
        Parallel.For(0, 400, i =>
        {
            var content = Text(500 + (i * 13));
            Assert.Equal(content, CompressedEnvelope.Open(CompressedEnvelope.Seal(content, compressor)));
        });
    }

    private static void Refuse(byte[] bytes)
    {
        var error = Assert.Throws<WireFormatException>(() => CompressedEnvelope.Open(bytes));
        Assert.InRange(error.Offset, 0, bytes.Length);
    }

    private static byte[] Text(int length)
    {
        var text = new StringBuilder();
        for (var i = 0; text.Length < length; i++) text.Append("person ").Append(i * 7919 % 1_000).Append(" lives in Lisbon; ");
        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
