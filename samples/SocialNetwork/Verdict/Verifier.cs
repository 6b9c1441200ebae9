using Crdt.Samples.SocialNetwork.Dataset;
using Crdt.Samples.SocialNetwork.Edits;

namespace Crdt.Samples.SocialNetwork.Verdict;

/// <summary>
/// Compares the Kuzu databases of both replicas, row by row in the order of their keys, with each other; and what they
/// hold with what they have to hold. Memory is bounded by one row.
/// </summary>
internal sealed class Verifier(LdbcData data, EditPlan plan)
{
    private static readonly GraphTable Checkpoints = new("Checkpoint", null, null, ["Job", "done"], []);
    private readonly Expectation _expectation = new(data, plan);

    /// <summary>The verdicts on all tables, one after the other.</summary>
    public IEnumerable<TableVerdict> Compare(GraphFile office, GraphFile laptop)
    {
        foreach (var table in data.Schema) yield return Compare(table, office.Rows(table), laptop.Rows(table), _expectation.Rows(table));
        yield return Compare(Checkpoints, office.Rows(Checkpoints), laptop.Rows(Checkpoints), ExpectedCheckpoints());
    }

    private TableVerdict Compare(GraphTable table, IEnumerable<string?[]> officeRows, IEnumerable<string?[]> laptopRows, IEnumerable<string?[]> expectedRows)
    {
        using Fingerprint office = new(), laptop = new(), expected = new();
        var difference = FirstDifference(Counted(officeRows, office), Counted(laptopRows, laptop));
        foreach (var row in expectedRows) expected.Add(row);
        return new(table.Name, office.Rows, laptop.Rows, expected.Rows, difference ?? Surprise(table, office, expected));
    }

    private static IEnumerable<string?[]> Counted(IEnumerable<string?[]> rows, Fingerprint fingerprint)
    {
        foreach (var row in rows)
        {
            fingerprint.Add(row);
            yield return row;
        }
    }

    /// <summary>Walks through both to their ends, and says where they first part.</summary>
    private static string? FirstDifference(IEnumerable<string?[]> office, IEnumerable<string?[]> laptop)
    {
        string? difference = null;
        using var left = office.GetEnumerator();
        using var right = laptop.GetEnumerator();
        for (var row = 1L; ; row++)
        {
            var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
            if (!hasLeft && !hasRight) return difference;
            if (difference is not null || (hasLeft && hasRight && left.Current.SequenceEqual(right.Current))) continue;
            difference = $"row {row} is ({Describe(hasLeft, left)}) in the office and ({Describe(hasRight, right)}) on the laptop";
        }

        static string Describe(bool exists, IEnumerator<string?[]> rows) => exists ? Cell.Describe(rows.Current) : "missing";
    }

    /// <summary>Says how two databases that agree are wrong all the same.</summary>
    private string? Surprise(GraphTable table, Fingerprint found, Fingerprint expected)
    {
        if (found.Rows != expected.Rows) return $"both have {found.Rows} rows where {expected.Rows} were expected";
        if (found.Sum != expected.Sum) return "both hold the same values, but not the expected ones";
        return data.Tables.Contains(table) && found.Rows == 0 ? "both are empty" : null;
    }

    private IEnumerable<string?[]> ExpectedCheckpoints() =>
    [
        .. data.Tables.Where(table => data.Surveys[table.Name].Rows > 0).Select(table => (string?[])[table.Name, $"{data.Surveys[table.Name].Rows}"]),
        .. Editor.Checkpoints(plan).Select(checkpoint => (string?[])[checkpoint.Job, $"{checkpoint.Done}"]),
    ];
}
