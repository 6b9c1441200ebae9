namespace Crdt.Testing.Histories;

/// <summary>A wall clock that stands still until it is moved, backwards too.</summary>
internal sealed class VirtualTime(long milliseconds = 1_700_000_000_000) : TimeProvider
{
    public long Milliseconds { get; set; } = milliseconds;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds);
}
