using Microsoft.CodeAnalysis;

namespace Crdt.Tests.Generators.Driving;

/// <summary>What came of running the generator.</summary>
/// <param name="Findings">What the generator reports.</param>
/// <param name="Complaints">What the compiler says of source and emitted code together, warnings included.</param>
/// <param name="Emitted">The emitted files.</param>
internal sealed record Outcome(
    IReadOnlyList<Diagnostic> Findings,
    IReadOnlyList<Diagnostic> Complaints,
    IReadOnlyDictionary<string, string> Emitted)
{
    public void RequireClean()
    {
        Assert.Empty(Findings);
        Assert.Empty(Complaints);
        Assert.NotEmpty(Emitted);
    }
}
