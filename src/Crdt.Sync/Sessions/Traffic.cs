namespace Crdt.Sync.Sessions;

/// <summary>What went one way in a session.</summary>
/// <param name="Frames">How many frames.</param>
/// <param name="Bytes">Their bytes on the wire.</param>
/// <param name="Events">How many events were in them.</param>
/// <param name="Time">How long it took until the last of the events was durable at the receiver; zero where there were none.</param>
public readonly record struct Traffic(int Frames, long Bytes, long Events, TimeSpan Time)
{
    /// <summary>How many entities were in them, as states.</summary>
    public long Entities { get; init; }
}
