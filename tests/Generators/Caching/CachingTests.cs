using Crdt.Generators;
using Crdt.Tests.Generators.Driving;

namespace Crdt.Tests.Generators.Caching;

/// <summary>An edit that changes nothing that is emitted ends at the first step.</summary>
public sealed class CachingTests
{
    // Without mistakes they have nothing to do.
    private static readonly string[] OfMistakes =
        [Steps.NodeFindings, Steps.RelationshipFindings, Steps.SchemaFindings, Steps.ResultFindings, Steps.Clashes, Steps.Strays, Steps.Differences];

    // Beside mistakes there is no baseline to write.
    private static readonly string[] OfRequests = [Steps.BaselineSources];

    private static readonly Surroundings Requested = new("{", IsBaselineRequested: true);
    private static readonly Surroundings Malformed = new("{");

    public static TheoryData<string> Unrelated => Edits.Names;

    [Theory]
    [MemberData(nameof(Unrelated))]
    public void Nothing_is_emitted_again_where_an_edit_changes_nothing(string edit)
    {
        var runs = new TwoRuns(Project.Valid(), Edits.Of(edit), Requested);
        Assert.Equal(8, runs.After.Count);
        runs.RequireCached(Steps.All.Except(OfMistakes));
        runs.RequireNoOutput();
    }

    [Theory]
    [MemberData(nameof(Unrelated))]
    public void Every_step_comes_to_nothing_new_beside_mistakes(string edit)
    {
        var runs = new TwoRuns(Project.WithMistakes(), Edits.Of(edit), Malformed);
        Assert.Equal(7, runs.Findings.Count);
        runs.RequireCached(Steps.All.Except(OfRequests));
    }

    [Fact]
    public void Every_step_is_looked_at()
    {
        var steps = new TwoRuns(Project.WithMistakes(), project => project, Malformed).Steps;
        Assert.Empty(Steps.All.Except(steps.Concat(new TwoRuns(Project.Valid(), project => project, Requested).Steps)));
    }

    [Fact]
    public void There_are_a_dozen_edits_and_more() => Assert.InRange(Edits.Names.Count, 12, 100);
}
