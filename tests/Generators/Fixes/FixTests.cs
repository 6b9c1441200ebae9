using System.Reflection;
using Crdt.Tests.Generators.Driving;
using Crdt.Tests.Generators.Rules;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Crdt.Tests.Generators.Fixes;

/// <summary>A fix that is offered leads to source without mistakes, and changes nothing else.</summary>
public sealed class FixTests
{
    public static TheoryData<string> Ids => [.. Mending.All.SelectMany(provider => provider.FixableDiagnosticIds).Order()];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_broken_example_of_a_page_is_mended(string id)
    {
        var page = RulePage.Read(id);
        var (titles, mended) = await Mending.ApplyAsync(page.Broken);
        Assert.Single(titles);
        var outcome = Sample.Run(mended!);
        Assert.Empty(outcome.Findings);
        // The examples are short, so they have no comments.
        Assert.DoesNotContain(outcome.Complaints, complaint => complaint.Id != "CS1591");
        var (before, after) = (page.Broken.Split('\n'), mended!.Split('\n'));
        Assert.Equal(before.Length, after.Length);
        Assert.Equal(1, before.Zip(after).Count(lines => lines.First != lines.Second));
        Assert.Contains("// " + id, after[Array.FindIndex(before, line => line.Contains("// " + id, StringComparison.Ordinal))], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Lww] public string? Name { get; set; }", "[Lww] public partial string? Name { get; set; }")]
    [InlineData("[OrSet] public ISet<int> Codes { get; } = null!;", "[OrSet] public partial ISet<int> Codes { get; }")]
    [InlineData("[OrSet] public ISet<int> Codes { get; } = new HashSet<int>();", "[OrSet] public partial ISet<int> Codes { get; }")]
    [InlineData("[Lww] int Size { get; set; }", "[Lww] partial int Size { get; set; }")]
    [InlineData("[Lww] public partial string? Name { get; }", "[Lww] public partial string? Name { get; set; }")]
    [InlineData("[Lww] public partial string? Name { set; }", "[Lww] public partial string? Name { get; set; }")]
    [InlineData("[Lww] public partial string? Name { init; }", "[Lww] public partial string? Name { get; init; }")]
    [InlineData("[Counter] public partial int? Stock { get; private set; }", "[Counter] public partial long Stock { get; private set; }")]
    [InlineData("[OrSet] public partial HashSet<Guid> Ids { get; set; }", "[OrSet] public partial ISet<Guid> Ids { get; }")]
    [InlineData("[OrSet] public partial ISet<string?>? Tags { get; }", "[OrSet] public partial ISet<string> Tags { get; }")]
    [InlineData("[Crdt.OrSetAttribute] public partial string[] Tags { get; init; }", "[Crdt.OrSetAttribute] public partial ISet<string> Tags { get; }")]
    [InlineData("[OrderedList] public partial IOrderedList<int> Steps { get; set; }", "[OrderedList] public partial IOrderedList<int> Steps { get; }")]
    [InlineData("[OrMap] public partial Dictionary<string, int?> Map { get; set; }", "[OrMap] public partial IDictionary<string, int?> Map { get; }")]
    [InlineData("[CounterMap] public partial IDictionary<string, long> Votes { get; }", "[CounterMap] public partial ICounterMap<string> Votes { get; }")]
    public async Task A_property_is_declared_as_it_has_to_be(string before, string after)
    {
        var (_, mended) = await Mending.ApplyAsync(InNode(before));
        Assert.Equal(InNode(after), mended);
        Assert.Empty(Sample.Run(mended!).Findings);
    }

    [Theory]
    [InlineData("[Lww] public int Size { get; set; } = 3;")]
    [InlineData("[Lww] public string Name => \"\";")]
    [InlineData("[Lww] public static partial string? Name { get; set; }")]
    [InlineData("[Lww] public partial int this[int i] { get; set; }")]
    [InlineData("[OrSet] public partial ISet<object> Tags { get; }")]
    [InlineData("[OrSet] public partial string Tags { get; }")]
    [InlineData("[Lww] public partial Uri Home { get; set; }")]
    public async Task Nothing_is_offered_that_would_not_mend_it_or_lose_something(string property) =>
        Assert.Empty((await Mending.ApplyAsync(InNode(property))).Titles);

    [Theory]
    [InlineData("class Person", "partial class Person")]
    [InlineData("public sealed class Person", "public sealed partial class Person")]
    public async Task A_class_becomes_partial(string before, string after)
    {
        const string Rest = "\n{\n    [Key] public partial long Id { get; }\n}\n";
        var (_, mended) = await Mending.ApplyAsync($"/// <summary>A person.</summary>\n[CrdtNode]\n{before}{Rest}");
        Assert.Equal($"/// <summary>A person.</summary>\n[CrdtNode]\n{after}{Rest}", mended);
    }

    [Fact]
    public async Task A_key_loses_its_setter()
    {
        const string Source = "[CrdtNode] public partial class Person { [Key] public partial long Id { get; init; } /* first */ }";
        Assert.Equal(Source.Replace(" init;", "", StringComparison.Ordinal), (await Mending.ApplyAsync(Source)).Mended);
    }

    [Fact]
    public void Every_fix_is_exported_and_mends_all_at_once() => Assert.All(Mending.All, provider =>
    {
        Assert.NotNull(provider.GetType().GetCustomAttribute<ExportCodeFixProviderAttribute>());
        Assert.NotNull(provider.GetFixAllProvider());
    });

    private static string InNode(string property) => $"[CrdtNode]\npublic partial class Person\n{{\n    [Key] public partial long Id {{ get; }}\n    {property} // Kept.\n}}\n";
}
