using System.Globalization;
using Crdt.Codec;
using Crdt.Tests.Properties.Codec;

namespace Crdt.Tests.Fuzz.Targets;

/// <summary>A decoder with inputs that it accepts, and what has to be true of what it says.</summary>
internal abstract class Target(string name, int times, byte[][] samples)
{
    private const double MostMilliseconds = 50;

    private long _accepted;
    private long _refused;
    private double _slowest;
    private double _largest;

    public string Name => name;

    public byte[][] Samples => samples;

    /// <summary>Inputs that take longer, which are tried less often.</summary>
    public byte[][] Large { get; init; } = [];

    /// <summary>Puts the checksum of an input right.</summary>
    public Func<byte[], byte[]>? Seal { get; init; }

    public void WarmUp()
    {
        foreach (var sample in samples.Concat(Large))
        {
            for (var i = 0; i < 3; i++) Run(sample, new Dice(1));
        }
    }

    /// <summary>Tries an input.</summary>
    /// <exception cref="Exception">The decoder gave another error than it may, took too much, or accepted what isn't canonical.</exception>
    public void Try(byte[] input, Dice dice)
    {
        var (before, start) = (GC.GetAllocatedBytesForCurrentThread(), ThreadClock.Now);
        var accepted = Run(input, dice);
        var (taken, allocated) = (ThreadClock.Now - start, GC.GetAllocatedBytesForCurrentThread() - before);
        Interlocked.Increment(ref accepted ? ref _accepted : ref _refused);
        _slowest = Math.Max(_slowest, taken);
        if (accepted) Verify(input, dice);
        if (allocated > Allowance.Of(times, Measure(input))) allocated = RequireSmall(input, dice);
        if (input.Length > 4_096) _largest = Math.Max(_largest, (double)Math.Max(0, allocated - Allowance.Fixed) / Measure(input));
        if (taken > MostMilliseconds) RequireFast(input, dice);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{name}: {_accepted} accepted, {_refused} refused, {_slowest:0.0} ms at most, {_largest:0.0} times the length at most");

    /// <summary>Decodes, and does nothing else, because it is measured.</summary>
    protected abstract void Decode(byte[] input, Dice dice);

    /// <summary>Holds what was accepted against the laws.</summary>
    protected abstract void Verify(byte[] input, Dice dice);

    /// <summary>The length that memory is in proportion to, and that offsets lie within: where there are two inputs, that of both.</summary>
    protected virtual int Measure(byte[] input) => input.Length;

    private bool Run(byte[] input, Dice dice)
    {
        try
        {
            Decode(input, dice);
            return true;
        }
        catch (WireFormatException error)
        {
            return error.Offset >= 0 && error.Offset <= Measure(input) ? false : throw new LawBrokenException($"the offset {error.Offset} is not within the input: {error.Message}", error);
        }
    }

    // What is made once for good, such as the names of an enum in a message, is not the input's.
    private long RequireSmall(byte[] input, Dice dice)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 4; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Run(input, dice);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Allowance.Check(least, times, Measure(input));
        return least;
    }

    // Once may be the garbage collector or the compiler; again and again is the decoder.
    private void RequireFast(byte[] input, Dice dice)
    {
        var fastest = double.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var start = ThreadClock.Now;
            Run(input, dice);
            fastest = Math.Min(fastest, ThreadClock.Now - start);
        }

        if (fastest > MostMilliseconds) throw new LawBrokenException($"it takes {fastest:0} ms", null);
    }
}
