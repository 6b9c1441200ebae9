using Crdt.Kuzu.Adopting;
using Crdt.Sync;
using Crdt.Sync.Conflicts;

namespace Crdt.Tests.Kuzu.Adopting;

/// <summary>The engine's own sample becomes a replica.</summary>
public sealed class TinySnbTests : IDisposable
{
    private static readonly (string Pattern, string Keys, string Columns)[] Tables =
    [
        ("(e:person)", "e.ID", "fName gender isStudent isWorker age eyeSight birthdate registerTime lastJobDuration workedHours usedNames courseScoresPerTerm grades height u"),
        ("(e:organisation)", "e.ID", "name orgCode mark score history licenseValidInterval rating state info*"),
        ("(e:movies)", "e.name", "length note description content audience grade*"),
        ("(a:person)-[e:knows]->(b:person)", "a.ID, b.ID", "date meetTime validInterval comments summary notes* someMap"),
        ("(a:person)-[e:studyAt]->(b:organisation)", "a.ID, b.ID", "year places length level code temperature ulength ulevel hugedata"),
        ("(a:person)-[e:workAt]->(b:organisation)", "a.ID, b.ID", "year grading rating"),
        ("(a:person)-[e:meets]->(b:person)", "a.ID, b.ID", "location times data"),
        ("(a:person)-[e:marries]->(b:person)", "a.ID, b.ID", "usedAddress address note"),
    ];

    private static readonly string[] Named =
    [
        "movies.description: Record(Double? rating, Int8? stars, Int64? views, DateTime? release, Int64? release_ns, DateTime? release_ms, DateTime? release_sec, "
        + "DateTimeOffset? release_tz, Date? film, UInt8? u8, UInt16? u16, UInt32? u32, UInt64? u64, Int128? hugedata)",
        "movies.audience: List of Record(Text? Key, Int64? Value)",
        "movies.grade: Record(Text Tag, Boolean? credit, Double? grade1, Int64? grade2)",
        "organisation.licenseValidInterval: Record(Int32 Months, Int32 Days, Int64 Microseconds)",
        "organisation.state: Record(Int16? revenue, List of Text?? location, Record(List of Int64?? price, Int64? volume)? stock)",
        "organisation.info: Record(Text Tag, Single? price, Date? movein, Text? note)",
        "person.lastJobDuration: Record(Int32 Months, Int32 Days, Int64 Microseconds)",
        "person.workedHours: List of Int64?",
        "person.usedNames: List of Text?",
        "person.courseScoresPerTerm: List of List of Int64??",
        "person.grades: List of Int64?",
        "knows.validInterval: Record(Int32 Months, Int32 Days, Int64 Microseconds)",
        "knows.comments: List of Text?",
        "knows.summary: Record(List of Text?? locations, Record(Date? day, List of Int64?? amount)? transfer)",
        "knows.notes: Record(Text Tag, Date? firstmet, Int16? type, Text? comment)",
        "knows.someMap: List of Record(Text? Key, Text? Value)",
        "marries.usedAddress: List of Text?",
        "marries.address: List of Int16?",
        "meets.location: List of Single?",
        "studyAt.places: List of Text?",
        "workAt.grading: List of Double?",
    ];

    private readonly Source _source = Source.TinySnb();

    public void Dispose() => _source.Dispose();

    [Fact]
    public async Task Every_value_of_every_row_is_there()
    {
        await using var adoption = await _source.AdoptAsync();
        foreach (var (pattern, keys, columns) in Tables)
        {
            var count = $"MATCH {pattern} RETURN count(*)";
            Assert.Equal(_source.Rows(count)[0][0], (await adoption.Replica.RowsAsync(count))[0][0]);
            Assert.NotEqual(0L, _source.Rows(count)[0][0]);
            foreach (var column in columns.Split(' ')) await SameAsync(adoption.Replica, pattern, keys, column);
        }
    }

    [Fact]
    public async Task What_is_altered_is_named_and_nothing_else()
    {
        await using var adoption = await _source.AdoptAsync();
        Assert.Equal((await _source.ReadAsync()).Notes, adoption.Notes);
        Assert.Equal(Named, adoption.Notes.Select(note => $"{note.Table}.{note.Column}: {note.Becomes}"));
        Assert.Contains(adoption.Notes, note => note is { Column: "description" } && note.Reason.Contains("'release_ns': nanoseconds since 1970", StringComparison.Ordinal));
        Assert.Contains(adoption.Notes, note => note is { Column: "grades" } && note.Reason.Contains("that there are 4 items isn't enforced", StringComparison.Ordinal));
        Assert.Equal(
            ["knows ManyMany", "marries OneOne", "meets ManyOne", "studyAt ManyOne", "workAt ManyOne"],
            adoption.Replica.Schema.Types.Where(type => type.IsRelationship).Select(type => $"{type.Name} {type.Multiplicity}"));
    }

    [Fact]
    public async Task It_opens_again_without_a_schema_and_shows_the_truth()
    {
        List<string> dump;
        await using (var adoption = await _source.AdoptAsync())
        {
            Assert.True((await adoption.Replica.VerifyAsync()).IsClean);
            dump = await adoption.Replica.DumpAsync();
            Assert.NotEmpty(dump);
        }

        await using var replica = await GraphReplica.OpenAsync("replica", _source.Configure("replica"));
        Assert.True((await replica.VerifyAsync()).IsClean);
        Assert.Equal(dump, await replica.DumpAsync());
        Assert.Equal("Alice", (await replica.GetNodeAsync("person", 0))!["fName"]);
    }

    [Fact]
    public async Task Two_copies_agree_and_an_edit_of_both_is_one_conflict()
    {
        await using var one = await _source.AdoptAsync("one");
        using var copy = Source.TinySnb();
        await using var other = await copy.AdoptAsync("other");
        await one.Replica.SyncAsync(other.Replica);
        Assert.Empty(await ConflictsAsync(one.Replica));
        Assert.Empty(await ConflictsAsync(other.Replica));
        await AgreeAsync(one.Replica, other.Replica);

        await EditAsync(one.Replica, "Alicia");
        await EditAsync(other.Replica, "Alison");
        await one.Replica.SyncAsync(other.Replica);
        var conflict = Assert.Single(await ConflictsAsync(one.Replica));
        Assert.Equal(("person", "fName", 2), (conflict.Type.Name, conflict.Field!.Name, conflict.Writes));
        Assert.Equal(conflict.Entity, Assert.Single(await ConflictsAsync(other.Replica)).Entity);
        await AgreeAsync(one.Replica, other.Replica);
    }

    [Fact]
    public async Task The_database_is_only_read()
    {
        var before = await File.ReadAllBytesAsync(_source.Database);
        await (await _source.AdoptAsync()).DisposeAsync();
        Assert.Equal(before, await File.ReadAllBytesAsync(_source.Database));
        Assert.False(File.Exists(_source.Database + ".wal"));
    }

    private async Task SameAsync(GraphReplica replica, string pattern, string keys, string column)
    {
        var isUnion = column.EndsWith('*');
        var value = $"e.{column.TrimEnd('*')}";
        var before = _source.Rows($"MATCH {pattern} RETURN {value}, {(isUnion ? $"union_tag({value})" : "NULL")}, {keys} ORDER BY {keys}");
        var after = await replica.RowsAsync($"MATCH {pattern} RETURN {value}, NULL, {keys} ORDER BY {keys}");
        Assert.Equal(before.Select(row => string.Join('|', row.Skip(2))), after.Select(row => string.Join('|', row.Skip(2))));
        Assert.All(before.Zip(after), rows => Assert.Null(Alike.Difference(rows.First[0], rows.Second[0], rows.First[1] as string)));
    }

    private static async Task AgreeAsync(GraphReplica one, GraphReplica other)
    {
        Assert.Equal(one.VectorOf(), other.VectorOf());
        Assert.Equal(await one.DumpAsync(), await other.DumpAsync());
        Assert.True((await one.VerifyAsync()).IsClean);
        Assert.True((await other.VerifyAsync()).IsClean);
    }

    private static async Task EditAsync(GraphReplica replica, string name)
    {
        await using var transaction = await replica.BeginAsync();
        (await transaction.GetNodeAsync("person", 0))!["fName"] = name;
        await transaction.CommitAsync();
    }

    private static async Task<List<Conflict>> ConflictsAsync(GraphReplica replica) => await replica.ConflictsAsync().ToListAsync();
}
