using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Sync.Verification;

/// <summary>Collects what a verification finds: counts of all, and names of the first.</summary>
internal sealed class Findings
{
    private const int MaxText = 200;

    private readonly List<RowDifference> _named = [];
    private readonly long[] _counts = new long[3];

    /// <summary>How many differences can still be named.</summary>
    public int Room => VerificationReport.MaxDifferences - _named.Count;

    /// <summary>Takes a difference.</summary>
    /// <param name="kind">How the row differs.</param>
    /// <param name="type">Its type.</param>
    /// <param name="row">The row, of the truth or of the database.</param>
    /// <param name="columns">The columns that differ.</param>
    public void Add(DifferenceKind kind, EntityType type, ShownRow row, IReadOnlyList<ColumnDifference>? columns = null)
    {
        Count(kind);
        if (Room > 0) _named.Add(new(kind, type.Name, row.KeyText ?? NameOf(row.Id, type), row.Id, columns ?? []));
    }

    /// <summary>Counts a difference that isn't named.</summary>
    public void Count(DifferenceKind kind) => _counts[(int)kind]++;

    public VerificationReport Report(long rows) =>
        new(rows, _counts[(int)DifferenceKind.Missing], _counts[(int)DifferenceKind.Extra], _counts[(int)DifferenceKind.Different], _named);

    /// <summary>The columns in which two rows of one entity differ.</summary>
    public static IReadOnlyList<ColumnDifference> Compare(IReadOnlyList<string> columns, ShownRow expected, ShownRow found) =>
    [
        .. Enumerable.Range(0, columns.Count)
            .Where(i => expected.Values[i] != found.Values[i])
            .Select(i => new ColumnDifference(columns[i], Cut(expected.Values[i]), Cut(found.Values[i]))),
    ];

    /// <summary>An entity for people: its key, or its ends and its key.</summary>
    public static string NameOf(EntityId id, EntityType type)
    {
        if (!type.IsRelationship) return id.KeyOf(type).ToString();
        var (source, target) = id.Ends();
        var ends = $"{source.KeyOf(type.Source)} → {target.KeyOf(type.Target)}";
        return type.Key is null ? ends : $"{ends} ({id.KeyOf(type)})";
    }

    private static string Cut(string text) => text.Length <= MaxText ? text : $"{text[..MaxText]}… ({text.Length} characters)";
}
