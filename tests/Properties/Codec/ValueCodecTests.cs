using Crdt.Codec;
using Crdt.Tests.Properties.Laws;

namespace Crdt.Tests.Properties.Codec;

/// <summary>Every value comes back bit by bit, from bytes that no other value has.</summary>
public sealed class ValueCodecTests
{
    private static readonly Dictionary<string, Action> Codecs = new()
    {
        ["bool"] = () => Try<bool, BooleanCodec>(d => d.OneIn(2), v => v),
        ["sbyte"] = () => Try<sbyte, SByteCodec>(d => d.Pick(sbyte.MinValue, sbyte.MaxValue, (sbyte)0, (sbyte)d.Next()), v => v),
        ["short"] = () => Try<short, Int16Codec>(d => d.Pick(short.MinValue, short.MaxValue, (short)0, (short)d.Next()), v => v),
        ["int"] = () => Try<int, Int32Codec>(d => d.Pick(int.MinValue, int.MaxValue, 0, (int)d.Next()), v => v),
        ["long"] = () => Try<long, Int64Codec>(Long, v => v),
        ["byte"] = () => Try<byte, ByteCodec>(d => d.Pick(byte.MinValue, byte.MaxValue, (byte)d.Next()), v => v),
        ["ushort"] = () => Try<ushort, UInt16Codec>(d => d.Pick(ushort.MinValue, ushort.MaxValue, (ushort)d.Next()), v => v),
        ["uint"] = () => Try<uint, UInt32Codec>(d => d.Pick(uint.MinValue, uint.MaxValue, (uint)d.Next()), v => v),
        ["ulong"] = () => Try<ulong, UInt64Codec>(d => (ulong)Long(d), v => v),
        ["Int128"] = () => Try<Int128, Int128Codec>(d => d.Pick(Int128.MinValue, Int128.MaxValue, 0, -1, new(d.Next(), d.Next())), v => v),
        ["float"] = () => Try<float, SingleCodec>(
            d => d.Pick(0f, -0f, float.NaN, float.Epsilon, float.NegativeInfinity, BitConverter.UInt32BitsToSingle(0xFFC00001), BitConverter.UInt32BitsToSingle((uint)d.Next())),
            v => float.IsNaN(v) ? 0x7FC00000u : BitConverter.SingleToUInt32Bits(v)),
        ["double"] = () => Try<double, DoubleCodec>(
            d => d.Pick(0.0, -0.0, double.NaN, double.Epsilon, double.MaxValue, BitConverter.UInt64BitsToDouble(0xFFF8000000000001), BitConverter.UInt64BitsToDouble(d.Next())),
            v => double.IsNaN(v) ? 0x7FF8000000000000ul : BitConverter.DoubleToUInt64Bits(v)),
        ["decimal"] = () => Try<decimal, DecimalCodec>(
            d => d.Pick(1.0m, 1.00m, 0m, -0.0m, decimal.MinValue, new((int)d.Next(), (int)d.Next(), (int)d.Next(), d.OneIn(2), (byte)d.Below(29))),
            v => string.Join(",", decimal.GetBits(v))),
        ["string"] = () => Try<string, TextCodec>(Text, v => v),
        ["byte[]"] = () => Try<byte[], BytesCodec>(d => d.Bytes(d.Below(5)), Convert.ToHexString),
        ["Guid"] = () => Try<Guid, GuidCodec>(d => d.OneIn(4) ? Guid.Empty : new(d.Bytes(16)), v => v),
        ["DateOnly"] = () => Try<DateOnly, DateCodec>(d => d.Pick(DateOnly.MinValue, DateOnly.MaxValue, DateOnly.FromDayNumber(d.Below(3_652_059))), v => v),
        ["TimeOnly"] = () => Try<TimeOnly, TimeCodec>(d => d.Pick(TimeOnly.MinValue, TimeOnly.MaxValue, new((long)(d.Next() % (ulong)TimeSpan.TicksPerDay))), v => v.Ticks),
        ["DateTime"] = () => Try<DateTime, DateTimeCodec>(
            d => new(Ticks(d), d.Pick(DateTimeKind.Utc, DateTimeKind.Local)), v => v.ToUniversalTime().Ticks),
        ["DateTimeOffset"] = () => Try<DateTimeOffset, DateTimeOffsetCodec>(Moment, v => (v.Ticks, v.TotalOffsetMinutes)),
        ["TimeSpan"] = () => Try<TimeSpan, DurationCodec>(d => new(Long(d)), v => v.Ticks),
        ["long?"] = () => Try<long?, NullableCodec<long, Int64Codec>>(d => Long(d), v => v!.Value),
    };

    public static TheoryData<string> Names => [.. Codecs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Trap_13_values_come_back_exactly_and_have_bytes_of_their_own(string type) => Codecs[type]();

    [Fact]
    public void Text_is_kept_as_it_is_composed()
    {
        Assert.NotEqual(Bytes<string, TextCodec>("é"), Bytes<string, TextCodec>("e\u0301"));
        Assert.Equal("\0\uFEFF\U0010FFFF", Read<string, TextCodec>(Bytes<string, TextCodec>("\0\uFEFF\U0010FFFF")));
        foreach (var bad in new[] { "\uD800", "a\uDC00", "\uDC00\uD800", "x\uD83D" }) Assert.Throws<ArgumentException>(() => TextCodec.Check(bad));
    }

    [Fact]
    public void A_time_that_names_no_moment_is_refused() =>
        Assert.Throws<ArgumentException>(() => DateTimeCodec.Check(new(2024, 1, 1, 0, 0, 0, DateTimeKind.Unspecified)));

    [Theory]
    [InlineData("C3", "truncated UTF-8")]
    [InlineData("C080", "overlong zero")]
    [InlineData("EDA080", "a surrogate")]
    [InlineData("F4908080", "beyond Unicode")]
    public void Bytes_that_are_not_strict_text_are_refused(string hex, string why) =>
        Assert.True(Refuses(() => Read<string, TextCodec>(Convert.FromHexString(hex))), why);

    [Fact]
    public void Bytes_in_another_form_are_refused()
    {
        Assert.True(Refuses(() => Read<float, SingleCodec>(Convert.FromHexString("7FC00001"))), "a NaN with a payload");
        Assert.True(Refuses(() => Read<double, DoubleCodec>(Convert.FromHexString("FFF8000000000000"))), "a negative NaN");
        Assert.True(Refuses(() => Read<decimal, DecimalCodec>(Convert.FromHexString("000000010000000000000000001D0000"))), "a scale of 29");
        Assert.True(Refuses(() => Read<decimal, DecimalCodec>(Convert.FromHexString("00000001000000000000000000000001"))), "reserved bits");
        Assert.True(Refuses(() => Read<long, Int64Codec>([0x80, 0x00])), "a longer zero");
        Assert.True(Refuses(() => Read<ulong, UInt64Codec>([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02])), "65 bits");
        Assert.True(Refuses(() => Read<bool, BooleanCodec>([2])), "neither true nor false");
        Assert.True(Refuses(() => Read<DateTimeOffset, DateTimeOffsetCodec>(MomentBytes(0, 60))), "before the year 1 in UTC");
        Assert.True(Refuses(() => Read<DateTimeOffset, DateTimeOffsetCodec>(MomentBytes(1_000_000_000_000, 841))), "an offset beyond 14 hours");
    }

    private static void Try<T, TCodec>(Func<Dice, T> make, Func<T, object> exact)
        where TCodec : IValueCodec<T>
    {
        Cases.ForAll(Cases.From(dice => (Left: make(dice), Right: make(dice))), pair =>
        {
            var (left, right) = (pair.Left, pair.Right);
            TCodec.Check(left);
            var bytes = Bytes<T, TCodec>(left);
            var read = Read<T, TCodec>(bytes);
            Law.Holds("exact", exact(read).Equals(exact(left)), pair);
            Law.Same("read and written again", bytes, Bytes<T, TCodec>(read));
            var sameBytes = bytes.AsSpan().SequenceEqual(Bytes<T, TCodec>(right));
            Law.Holds("one form a value", sameBytes == exact(left).Equals(exact(right)), pair);
            Law.Holds("Same agrees with bytes", sameBytes == TCodec.Same(left, right) && TCodec.Same(left, read), pair);
            Law.Holds("Hash agrees with Same", TCodec.Hash(left) == TCodec.Hash(read) && (!sameBytes || TCodec.Hash(left) == TCodec.Hash(right)), pair);
            Mutate<T, TCodec>(bytes);
        });
    }

    // Whatever a codec accepts is the canonical form of what it gives.
    private static void Mutate<T, TCodec>(byte[] bytes)
        where TCodec : IValueCodec<T>
    {
        var dice = new Dice((ulong)bytes.Length + (bytes.Length > 0 ? bytes[^1] : 0ul));
        for (var i = 0; i < 3; i++)
        {
            var mutated = Mutation.Of(bytes, dice);
            try
            {
                Law.Same("what is accepted is canonical", mutated, Bytes<T, TCodec>(Read<T, TCodec>(mutated)));
            }
            catch (WireFormatException error)
            {
                Law.Holds("the offset lies within the input", error.Offset >= 0 && error.Offset <= mutated.Length, error.Message);
            }
        }
    }

    private static byte[] Bytes<T, TCodec>(T value)
        where TCodec : IValueCodec<T>
    {
        var writer = new WireWriter(16);
        TCodec.Write(ref writer, value);
        return writer.Finish();
    }

    private static T Read<T, TCodec>(ReadOnlySpan<byte> bytes)
        where TCodec : IValueCodec<T>
    {
        var reader = new WireReader(bytes);
        var value = TCodec.Read(ref reader);
        reader.End();
        return value;
    }

    private static bool Refuses(Action read)
    {
        try
        {
            read();
            return false;
        }
        catch (WireFormatException)
        {
            return true;
        }
    }

    private static byte[] MomentBytes(ulong ticks, long minutes)
    {
        var writer = new WireWriter(16);
        writer.WriteVarint(ticks);
        writer.WriteZigZag(minutes);
        return writer.Finish();
    }

    private static long Long(Dice dice) => dice.Pick(long.MinValue, long.MaxValue, 0, -1, 1L << 53, 1L << 31, (long)dice.Next(), (long)(dice.Next() >> dice.Below(64)));

    private static long Ticks(Dice dice) => dice.Pick(DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks, (long)(dice.Next() % (ulong)DateTime.MaxValue.Ticks));

    private static DateTimeOffset Moment(Dice dice)
    {
        var offset = TimeSpan.FromMinutes(dice.Pick(0, 840, -840, 330, 345, dice.Below(1681) - 840));
        var ticks = Math.Clamp(Ticks(dice), Math.Max(0, offset.Ticks), DateTime.MaxValue.Ticks + Math.Min(0, offset.Ticks));
        return new(ticks, offset);
    }

    private static string Text(Dice dice)
    {
        string[] parts = ["a", "é", "e\u0301", "\U0001F600", "\0", "\uFFFF", "\uFEFF", "ß", "\r\n"];
        return string.Concat(Enumerable.Range(0, dice.Below(4)).Select(_ => dice.Pick<string>(parts)));
    }
}
