using System.Diagnostics;

namespace Crdt.Samples.SocialNetwork.Reporting;

/// <summary>How fast something counts up, from where it began.</summary>
internal sealed class Pace
{
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private long? _start;
    private long _done;

    /// <summary>Takes note of how far it has come. What it begins with was there before.</summary>
    public void Reach(long done)
    {
        _start ??= done;
        _done = done;
    }

    public override string ToString() => Format.Rate(_done - (_start ?? 0), _time.Elapsed);
}
