using Crdt.Codec;

namespace Crdt.Tests.Fuzz.Targets;

/// <summary>A decoder whose result can be written again.</summary>
internal sealed class RoundTrip<T>(string name, int times, byte[][] samples, Func<byte[], T> decode, Func<T, byte[]> encode) : Target(name, times, samples)
{
    protected override void Decode(byte[] input, Dice dice) => decode(input);

    protected override void Verify(byte[] input, Dice dice) => Law.Same("what is accepted is canonical", input, encode(decode(input)));
}

/// <summary>The same for what a reader reads.</summary>
internal static class RoundTrip
{
    public delegate T Reading<out T>(ref WireReader reader);

    public delegate void Writing<in T>(ref WireWriter writer, T value);

    public static RoundTrip<T> Of<T>(string name, int times, byte[][] samples, Reading<T> read, Writing<T> write) => new(
        name,
        times,
        samples,
        bytes =>
        {
            var reader = new WireReader(bytes);
            var value = read(ref reader);
            reader.End();
            return value;
        },
        value =>
        {
            var writer = new WireWriter(64);
            write(ref writer, value);
            return writer.Finish();
        });

    public static RoundTrip<T> Of<T, TCodec>(string name, int times, byte[][] samples)
        where TCodec : IValueCodec<T> => Of(name, times, samples, TCodec.Read, (ref WireWriter writer, T value) => TCodec.Write(ref writer, value));
}
