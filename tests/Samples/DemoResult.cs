namespace Crdt.Tests.Samples;

/// <summary>How a run of the demo ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Lines">What it printed.</param>
/// <param name="Errors">What it printed to standard error.</param>
internal sealed record DemoResult(int ExitCode, IReadOnlyList<string> Lines, string Errors)
{
    /// <summary>The part that it was in.</summary>
    public string? LastPart => Lines.LastOrDefault(line => line.StartsWith("== ", StringComparison.Ordinal));

    /// <summary>Demands that the run has succeeded.</summary>
    public void AssertIdentical()
    {
        Assert.True(ExitCode == 0, ToString());
        Assert.Equal("identical: yes", Lines[^1]);
    }

    /// <summary>Demands that the run has found a difference, and says which.</summary>
    /// <param name="reason">A part of the line above the last.</param>
    public void AssertDifferent(string reason)
    {
        Assert.True(ExitCode == 1, ToString());
        Assert.Equal("identical: no", Lines[^1]);
        Assert.Contains(reason, Lines[^2], StringComparison.Ordinal);
    }

    public override string ToString() => $"exit code {ExitCode}{Environment.NewLine}{string.Join(Environment.NewLine, Lines)}{Environment.NewLine}{Errors}";
}
