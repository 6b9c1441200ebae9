using System.Text.RegularExpressions;
using Crdt.Tests.Generators.Driving;
using AllRules = Crdt.Generators.Diagnostics.Rules;

namespace Crdt.Tests.Generators.Rules;

/// <summary>Descriptors, release file, pages and what the generator reports agree.</summary>
public sealed partial class RuleTests
{
    // The rest of a class with one of these is emitted, so that there is one error and no other.
    private static readonly string[] InOneMember =
        [
        "CRDT005", "CRDT008", "CRDT009", "CRDT010", "CRDT011", "CRDT012", "CRDT013", "CRDT015", "CRDT016", "CRDT017", "CRDT018", "CRDT019", "CRDT025",
        "CRDT030", "CRDT031", "CRDT032", "CRDT033", "CRDT034", "CRDT035", "CRDT037", "CRDT040", "CRDT041", "CRDT042", "CRDT043", "CRDT044", "CRDT045",
        "CRDT050", "CRDT051", "CRDT052",
    ];

    public static TheoryData<string> Ids => [.. AllRules.All.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_first_example_of_a_page_breaks_its_rule_at_the_marked_line(string id)
    {
        var page = RulePage.Read(id);
        var finding = Assert.Single(page.RunBroken().Findings);
        Assert.Equal(id, finding.Id);
        var place = finding.Location.GetLineSpan();
        var file = place.Path == Surroundings.BaselinePath ? page.BrokenBaseline! : page.Broken;
        Assert.Contains("// " + id, file.Split('\n')[place.StartLinePosition.Line], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_mistake_never_leads_to_emitted_code_that_does_not_compile(string id)
    {
        var complaints = RulePage.Read(id).RunBroken().Complaints;
        Assert.All(complaints, complaint => Assert.StartsWith("File", complaint.Location.GetLineSpan().Path, StringComparison.Ordinal));
        if (InOneMember.Contains(id)) Assert.DoesNotContain(complaints, complaint => complaint.Id != "CS1591");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_second_example_of_a_page_compiles(string id)
    {
        var outcome = RulePage.Read(id).RunMended();
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
