namespace Crdt.Samples.SocialNetwork.Dataset;

/// <summary>The part of the LDBC Social Network Benchmark that a run imports. Rows are streamed; what stays in memory is the keys of the nodes.</summary>
internal sealed class LdbcData
{
    private readonly Scope _scope;
    private readonly Dictionary<string, HashSet<long>> _keys = [];

    private LdbcData(Scope scope)
    {
        _scope = scope;
        Schema = CypherSchema.Read(scope.Data);
        Tables = [.. Schema.Where(scope.Covers)];
    }

    /// <summary>All tables of the data set, nodes first.</summary>
    public IReadOnlyList<GraphTable> Schema { get; }

    /// <summary>The tables that are imported, nodes first.</summary>
    public IReadOnlyList<GraphTable> Tables { get; }

    /// <summary>What was found in the files of each table of <see cref="Tables"/>.</summary>
    public IReadOnlyDictionary<string, TableSurvey> Surveys { get; private set; } = new Dictionary<string, TableSurvey>();

    /// <summary>How many rows are imported.</summary>
    public long RowCount => Surveys.Values.Sum(survey => survey.Rows);

    /// <summary>Opens the data set and reads through it once.</summary>
    /// <exception cref="FileNotFoundException">The folder holds no data set, or not all of it.</exception>
    public static LdbcData Open(Scope scope)
    {
        var data = new LdbcData(scope);
        data.Surveys = data.Tables.ToDictionary(table => table.Name, data.Survey);
        return data;
    }

    /// <summary>The keys of a table of nodes.</summary>
    public IReadOnlySet<long> Keys(string node) => _keys[node];

    /// <summary>The rows of a table that make a graph: every node once, and every relationship once, if both its ends are there.</summary>
    public IEnumerable<DataRow> Rows(GraphTable table)
    {
        var seen = new HashSet<(long, long)>();
        return FileRows(table).Where(row => HasEnds(table, row) && seen.Add(Identity(table, row)));
    }

    private TableSurvey Survey(GraphTable table)
    {
        var (rows, duplicates, dangling) = (0L, 0L, 0L);
        var seen = new HashSet<(long, long)>();
        foreach (var row in FileRows(table))
        {
            if (!HasEnds(table, row)) dangling++;
            else if (seen.Add(Identity(table, row))) rows++;
            else duplicates++;
        }

        if (!table.IsRelationship) _keys[table.Name] = [.. seen.Select(identity => identity.Item1)];
        return new(rows, duplicates, dangling);
    }

    private IEnumerable<DataRow> FileRows(GraphTable table) =>
        table.Files.SelectMany(file => CsvFile.Read(Path.Combine(_scope.Data, file)).Take(_scope.Limit ?? int.MaxValue));

    private bool HasEnds(GraphTable table, DataRow row) =>
        !table.IsRelationship || (_keys[table.Source!].Contains(row.Int64(0)) && _keys[table.Target!].Contains(row.Int64(1)));

    private static (long, long) Identity(GraphTable table, DataRow row) => (row.Int64(0), table.IsRelationship ? row.Int64(1) : 0);
}
