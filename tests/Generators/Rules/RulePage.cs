using System.Text.RegularExpressions;
using Crdt.Tests.Generators.Driving;

namespace Crdt.Tests.Generators.Rules;

/// <summary>A page under <c>docs/rules</c>: a title, an example that breaks the rule, and the same one mended.</summary>
internal sealed partial record RulePage(string Id, string Title, string Broken, string Mended)
{
    public static string Folder => Repository.Path("docs", "rules");

    public static RulePage Read(string id)
    {
        var text = File.ReadAllText(Path.Combine(Folder, id + ".md")).ReplaceLineEndings("\n");
        var heading = Heading().Match(text);
        var examples = Example().Matches(text).Select(match => match.Groups[1].Value).ToArray();
        Assert.Equal(2, examples.Length);
        return new(heading.Groups[1].Value, heading.Groups[2].Value, examples[0], examples[1]);
    }

    [GeneratedRegex(@"\A# (CRDT\d{3}): (.+)\n")]
    private static partial Regex Heading();

    [GeneratedRegex(@"```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
