using System.Text.RegularExpressions;
using Crdt.Tests.Generators.Driving;
using AllRules = Crdt.Generators.Diagnostics.Rules;

namespace Crdt.Tests.Generators.Rules;

/// <summary>
/// A page under <c>docs/rules</c>: a title, an example that breaks the rule, and the same one mended. Where the rule is about baselines,
/// one stands before the first example, and another one before the second where that differs.
/// </summary>
internal sealed partial record RulePage(string Id, string Title, string Broken, string Mended, string? BrokenBaseline, string? MendedBaseline)
{
    public static string Folder => Repository.Path("docs", "rules");

    public static RulePage Read(string id)
    {
        var text = File.ReadAllText(Path.Combine(Folder, id + ".md")).ReplaceLineEndings("\n");
        var heading = Heading().Match(text);
        var examples = Example().Matches(text).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(2, examples.Length);
        var baselines = Baseline().Matches(text).Select(match => match.Groups[1].Value).ToArray();
        return new(heading.Groups[1].Value, heading.Groups[2].Value, examples[0], examples[1], baselines.FirstOrDefault(), baselines.LastOrDefault());
    }

    public Outcome RunBroken() => Run(Broken, BrokenBaseline);

    public Outcome RunMended() => Run(Mended, MendedBaseline);

    // JSON has no comments, so the mark on a line of a baseline is for readers of the page only.
    private Outcome Run(string source, string? baseline)
    {
        var outcome = Sample.Run(Sample.Compile(source), new(baseline is null ? null : Mark().Replace(baseline, "")));
        return Id == AllRules.ShownInexactly.Id ? outcome with { Findings = [.. outcome.Findings, .. Sample.Advise(source)] } : outcome;
    }

    [GeneratedRegex(@"\A# (CRDT\d{3}): (.+)\n")]
    private static partial Regex Heading();

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Baseline();

    [GeneratedRegex(@" // CRDT\d{3}$", RegexOptions.Multiline)]
    private static partial Regex Mark();
}
