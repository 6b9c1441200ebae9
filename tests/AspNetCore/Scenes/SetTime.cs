namespace Crdt.Tests.AspNetCore.Scenes;

/// <summary>A wall clock that a test sets ahead; it goes on by itself.</summary>
internal sealed class SetTime : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
