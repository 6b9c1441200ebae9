using System.Text.RegularExpressions;
using Crdt.Tests.Generators.Driving;
using AllRules = Crdt.Generators.Diagnostics.Rules;

namespace Crdt.Tests.Generators.Rules;

/// <summary>Descriptors, release file, pages and what the generator reports agree.</summary>
public sealed partial class RuleTests
{
    public static TheoryData<string> Ids => [.. AllRules.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_first_example_of_a_page_breaks_its_rule_at_the_marked_line(string id)
    {
        var page = RulePage.Read(id);
        var outcome = Sample.Run(page.Broken);
        var finding = Assert.Single(outcome.Findings);
        Assert.Equal(id, finding.Id);
        var line = finding.Location.GetLineSpan().StartLinePosition.Line;
        Assert.Contains("// " + id, page.Broken.Split('\n')[line], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_second_example_of_a_page_compiles(string id)
    {
        var outcome = Sample.Run(RulePage.Read(id).Mended);
        Assert.Empty(outcome.Findings);
        // The examples are short, so they have no comments.
        Assert.DoesNotContain(outcome.Complaints, complaint => complaint.Id != "CS1591");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_page_has_the_title_of_its_descriptor_which_links_to_it(string id)
    {
        var (page, rule) = (RulePage.Read(id), AllRules.Find(id));
        Assert.Equal((rule.Id, rule.Title.ToString()), (page.Id, page.Title));
        Assert.Equal($"docs/rules/{id}.md", rule.HelpLinkUri);
    }

    [Fact]
    public void There_is_a_page_and_a_row_for_each_rule_and_none_for_others()
    {
        var pages = Directory.GetFiles(RulePage.Folder, "*.md").Select(path => Path.GetFileNameWithoutExtension(path)).Order();
        var rows = new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" }
            .SelectMany(file => Row().Matches(File.ReadAllText(Repository.Path("src", "Crdt.Generators", file))))
            .Select(match => match.Groups[1].Value);
        var ids = AllRules.All.Select(rule => rule.Id).Order().ToArray();
        Assert.Equal(ids, pages);
        Assert.Equal(ids, rows.Order());
    }

    [GeneratedRegex(@"^(CRDT\d{3}) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
