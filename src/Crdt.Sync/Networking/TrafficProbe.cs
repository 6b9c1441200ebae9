using Crdt.Codec;
using Crdt.Sync.Frames;

namespace Crdt.Sync.Networking;

/// <summary>
/// Times the frames of one session. Answers that the protocol demands tell the latency: the introduction that follows our hello, the first frame of a lane
/// that follows our introduction, the confirmation of a small frame. The least of them is taken, since what the peer does before it answers
/// can only add to it. Confirmations of large frames tell the bandwidth.
/// </summary>
/// <param name="time">Where time is read.</param>
internal sealed class TrafficProbe(TimeProvider time)
{
    /// <summary>From this size on a frame takes so long on a narrow way that its time says something about bandwidth.</summary>
    public const int LargeFrame = 16 * 1024;

    private const int MaxName = 256;
    private readonly Dictionary<string, Queue<Unconfirmed>> _unconfirmed = new(StringComparer.Ordinal);
    private long? _hello;
    private long? _introduction;
    private long? _confirmed;
    private int _open;
    private double _bits;
    private double _seconds;

    /// <summary>How many frames were sent and received.</summary>
    public int Frames { get; private set; }

    /// <summary>Whether the way broke.</summary>
    public bool HasBroken { get; private set; }

    /// <summary>Milliseconds until an answer came; null where none was timed.</summary>
    public double? LatencyMs { get; private set; }

    /// <summary>Megabits a second; null where no large frame was confirmed.</summary>
    public double? BandwidthMbps => _seconds > 0 ? _bits / _seconds / 1e6 : null;

    /// <summary>Takes note of a frame that is about to be sent.</summary>
    public void Send(ReadOnlySpan<byte> frame)
    {
        Frames++;
        var now = time.GetTimestamp();
        switch ((FrameType)frame[0])
        {
            case FrameType.Hello:
                _hello ??= now;
                break;
            case FrameType.Introduction:
                _introduction ??= now;
                break;
            case FrameType.Events or FrameType.Rows:
                var lane = LaneOf(frame);
                if (!_unconfirmed.TryGetValue(lane, out var queue)) _unconfirmed.Add(lane, queue = new());
                queue.Enqueue(new(now, frame.Length, IsAlone: _open++ == 0));
                break;
        }
    }

    /// <summary>Takes note of a frame that has come, whatever is in it.</summary>
    public void Receive(ReadOnlySpan<byte> frame)
    {
        Frames++;
        if (frame.IsEmpty) return;
        switch ((FrameType)frame[0])
        {
            case FrameType.Introduction:
                Answered(ref _hello);
                break;
            case FrameType.Ack:
                _introduction = null;
                Confirm(frame);
                break;
            case > FrameType.Ack when frame.Length < LargeFrame:
                Answered(ref _introduction);
                break;
        }
    }

    /// <summary>Takes note that the way broke.</summary>
    public void Break() => HasBroken = true;

    private void Answered(ref long? question)
    {
        if (question is { } asked) TakeLatency(time.GetElapsedTime(asked));
        question = null;
    }

    private void TakeLatency(TimeSpan latency) => LatencyMs = Math.Min(LatencyMs ?? double.MaxValue, latency.TotalMilliseconds);

    private void Confirm(ReadOnlySpan<byte> frame)
    {
        if (!_unconfirmed.TryGetValue(LaneOf(frame), out var queue) || !queue.TryDequeue(out var sent)) return;
        _open--;
        var now = time.GetTimestamp();
        var elapsed = time.GetElapsedTime(sent.At, now);
        if (sent.Bytes >= LargeFrame) TakeTransmission(sent.Bytes, elapsed, now);
        else if (sent.IsAlone) TakeLatency(elapsed);
        _confirmed = now;
    }

    /// <summary>
    /// How long a frame took on the way without the way's length: since the frame before it was through, or since it was sent, less the latency. Whichever
    /// is shorter, as a frame that was sent early waited for the one before it, and one that was sent late for nothing.
    /// </summary>
    private void TakeTransmission(int bytes, TimeSpan elapsed, long now)
    {
        var seconds = elapsed.TotalSeconds - ((LatencyMs ?? 0) / 1000);
        if (_confirmed is { } before) seconds = Math.Min(seconds, time.GetElapsedTime(before, now).TotalSeconds);
        if (seconds <= 0) return;
        _bits += bytes * 8.0;
        _seconds += seconds;
    }

    // What a peer sends may be anything; whether it is a frame is for the session to say.
    private static string LaneOf(ReadOnlySpan<byte> frame)
    {
        try
        {
            return new WireReader(frame[1..]).ReadText(MaxName);
        }
        catch (WireFormatException)
        {
            return "";
        }
    }

    /// <summary>A frame that was sent.</summary>
    /// <param name="At">When.</param>
    /// <param name="Bytes">Its size.</param>
    /// <param name="IsAlone">Whether nothing else was unconfirmed then.</param>
    private readonly record struct Unconfirmed(long At, int Bytes, bool IsAlone);
}
