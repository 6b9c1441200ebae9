namespace Crdt.Tests.Specification;

/// <summary>A clock that stands still unless it is moved.</summary>
public sealed class MovableTime : TimeProvider
{
    private DateTimeOffset _now = new(2024, 1, 1, 10, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
