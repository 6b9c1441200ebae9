using System.Text.RegularExpressions;

namespace Crdt.Samples.SocialNetwork.Dataset;

/// <summary>Reads which tables there are, and which files belong to each, from the two scripts that come with the data.</summary>
internal static partial class CypherSchema
{
    /// <summary>All tables, nodes first, as the scripts list them.</summary>
    public static IReadOnlyList<GraphTable> Read(string folder)
    {
        var schema = File.ReadAllText(Path.Combine(folder, "schema.cypher"));
        var copy = File.ReadAllText(Path.Combine(folder, "copy.cypher"));
        var files = CopyStatement().Matches(copy).ToLookup(match => match.Groups["table"].Value, match => match.Groups["file"].Value);
        var nodes = NodeTable().Matches(schema).Select(node => Table(node, files));
        var relationships = RelationshipTable().Matches(schema).Select(relationship => Table(relationship, files));
        return [.. nodes, .. relationships];
    }

    private static GraphTable Table(Match declaration, ILookup<string, string> files)
    {
        var name = declaration.Groups["name"].Value;
        return new(name, End("source"), End("target"), ColumnNames(declaration.Groups["columns"].Value), [.. files[name]]);

        string? End(string group) => declaration.Groups[group] is { Success: true, Value: var table } ? table : null;
    }

    /// <summary>The names out of <c>id INT64, title STRING, MANY_ONE</c>: what has no type is no column.</summary>
    private static string[] ColumnNames(string declarations) =>
        [.. declarations.Split(',', StringSplitOptions.TrimEntries).Select(column => column.Split(' ')).Where(words => words.Length == 2).Select(words => words[0])];

    [GeneratedRegex(@"create node table (?<name>\w+) \((?<columns>.*), PRIMARY KEY", RegexOptions.IgnoreCase)]
    private static partial Regex NodeTable();

    [GeneratedRegex(@"create rel table (?<name>\w+) \(FROM (?<source>\w+) TO (?<target>\w+)(?<columns>.*)\)", RegexOptions.IgnoreCase)]
    private static partial Regex RelationshipTable();

    [GeneratedRegex("COPY (?<table>\\w+) FROM \"(?:[^\"]*/)?(?<file>[^\"/]+)\"", RegexOptions.IgnoreCase)]
    private static partial Regex CopyStatement();
}
