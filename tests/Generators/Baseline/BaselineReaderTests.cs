using Crdt.Tests.Generators.Driving;

namespace Crdt.Tests.Generators.Baseline;

/// <summary>A baseline that was edited or merged by hand is read as it is meant, or refused at the line in question.</summary>
public sealed class BaselineReaderTests
{
    private const string Source = "[CrdtNode] public partial class Person { [Key] public partial long Id { get; } [Lww] public partial string? Name { get; set; } }";

    private static readonly string Good = Sample.Baseline(Sample.Compile(Source));

    [Theory]
    [InlineData("\n", "\r\n")]
    [InlineData("  ", "\t")]
    [InlineData("\"Person\"", "\"\\u0050\\u0065rson\"")]
    [InlineData("\"kind\": \"Register\", \"value\": \"Text\"", "\"value\":\"Text\",\n\"kind\":\"Register\"")]
    public void Blanks_order_and_escapes_do_not_matter(string before, string after) => Assert.Empty(Read(before, after));

    [Theory]
    [InlineData("{\n  \"format\"", "<<<<<<< ours\n{\n  \"format\"", "Line 1: '{' is expected, not '<'")]
    [InlineData("crdt-schema-1", "crdt-schema-2", "Line 2: this version of the library knows the format")]
    [InlineData("\"types\"", "\"kinds\"", "Line 3: \"kinds\" is not expected here")]
    [InlineData("\"format\": \"crdt-schema-1\",", "", "Line 3: \"types\" is not expected here")]
    [InlineData("\"form\": \"node\"", "\"form\": \"edge\"", "Line 4: the type \"Person\" is a \"edge\"")]
    [InlineData("\"form\": \"node\",", "", "Line 4: the type \"Person\" has no \"form\"")]
    [InlineData("\"lane\": \"main\"", "\"lane\": null", "Line 7: a string is expected, not 'n'")]
    [InlineData("\"lane\": \"main\"", "\"lane\": \"main", "Line 7: a string has no end")]
    [InlineData("\"lane\": \"main\"", "\"lane\": \"\\q\"", "Line 7: this is no escape of JSON")]
    [InlineData("\"lane\": \"main\"", "\"lane\": \"\\u12", "Line 7: this is no escape of JSON")]
    [InlineData("\"lane\": \"main\"", "\"lane\": \"main\", \"lane\": \"main\"", "Line 7: \"lane\" occurs twice")]
    [InlineData("\"lane\": \"main\"", "\"street\": \"main\"", "Line 7: \"street\" says nothing about the type \"Person\"")]
    [InlineData(", \"value\": \"Text\"", "", "Line 10: the field \"Name\" has no \"value\"")]
    [InlineData("\"Text\" }", "\"Text\" },", "Line 11: a string is expected, not '}'")]
    [InlineData("\n}\n", "\n", "Line 14: '}' is expected, not the end")]
    [InlineData("\n}\n", "\n}\n}", "Line 15: '}' follows the end")]
    public void Faults_are_told_with_their_line(string before, string after, string message)
    {
        var finding = Assert.Single(Read(before, after));
        Assert.Equal("CRDT044", finding.Id);
        Assert.StartsWith(message, finding.GetMessage(), StringComparison.Ordinal);
        Assert.Equal(Surroundings.BaselinePath, finding.Location.GetLineSpan().Path);
        Assert.StartsWith($"Line {finding.Location.GetLineSpan().StartLinePosition.Line + 1}:", message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_makes_the_generator_throw()
    {
        for (var length = 0; length < Good.TrimEnd().Length; length++) Assert.Equal("CRDT044", Assert.Single(Read(Good[..length])).Id);
        var random = new Random(1);
        for (var i = 0; i < 300; i++)
        {
            var text = Good.ToCharArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--) text[random.Next(text.Length)] = "{}\":,\\u\n\0x\ud800"[random.Next(11)];
            Read(new(text));
        }
    }

    private static IReadOnlyList<Microsoft.CodeAnalysis.Diagnostic> Read(string before, string after)
    {
        Assert.Contains(before, Good, StringComparison.Ordinal);
        return Read(Good.Replace(before, after, StringComparison.Ordinal));
    }

    private static IReadOnlyList<Microsoft.CodeAnalysis.Diagnostic> Read(string baseline) => Sample.RunQuickly(Source, new(baseline));
}
