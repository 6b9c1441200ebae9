using Crdt.Generators;
using Crdt.Tests.Generators.Driving;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Crdt.Tests.Generators.Caching;

/// <summary>What the second run did after an edit.</summary>
internal sealed class TwoRuns
{
    private readonly GeneratorRunResult _second;

    public TwoRuns(CSharpCompilation before, Func<CSharpCompilation, CSharpCompilation> edit, Surroundings? around = null)
    {
        var driver = Sample.Driver(around).RunGenerators(before);
        var first = Assert.Single(driver.GetRunResult().Results);
        _second = Assert.Single(driver.RunGenerators(edit(before)).GetRunResult().Results);
        (Before, After) = (Sources(first), Sources(_second));
    }

    /// <summary>What the first run emitted.</summary>
    public IReadOnlyDictionary<string, string> Before { get; }

    /// <summary>What the second run emitted.</summary>
    public IReadOnlyDictionary<string, string> After { get; }

    public IReadOnlyList<Diagnostic> Findings => _second.Diagnostics;

    /// <summary>The steps that did anything.</summary>
    public IEnumerable<string> Steps => _second.TrackedSteps.Keys;

    /// <summary>Why each file, and each mistake, was handed over again or not.</summary>
    public IncrementalStepRunReason[] Outputs =>
        [.. _second.TrackedOutputSteps.SelectMany(pair => pair.Value).SelectMany(run => run.Outputs).Select(output => output.Reason)];

    public IncrementalStepRunReason[] Reasons(string step) =>
        [.. _second.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason)];

    /// <summary>Demands that the steps were there and came to nothing new.</summary>
    public void RequireCached(IEnumerable<string> steps)
    {
        foreach (var step in steps)
        {
            Assert.True(_second.TrackedSteps.ContainsKey(step), $"{step} was not run");
            var reasons = Reasons(step);
            Assert.NotEmpty(reasons);
            Assert.All(reasons, reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step} is {reason}"));
        }
    }

    /// <summary>Demands that nothing was emitted again.</summary>
    public void RequireNoOutput()
    {
        Assert.NotEmpty(Outputs);
        Assert.All(Outputs, reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
        Assert.Equal(Before, After);
    }

    private static Dictionary<string, string> Sources(GeneratorRunResult result)
    {
        Assert.Null(result.Exception);
        return result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());
    }
}
