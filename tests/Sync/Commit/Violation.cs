namespace Crdt.Tests.Sync.Commit;

/// <summary>A rule of the protocol does not hold.</summary>
internal sealed class Violation(string what) : Exception
{
    /// <summary>Which one.</summary>
    public string What => what;

    /// <summary>What led there, the last first.</summary>
    public List<string> Trace { get; } = [];

    public override string Message => $"{what}\n{string.Join('\n', Enumerable.Reverse(Trace))}";
}
