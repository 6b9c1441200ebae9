using Crdt.Sync;

namespace Crdt.Tests.Kuzu.Adopting;

/// <summary>The engine's own sample is adopted twice, edited by plain Cypher on both copies, captured and synced.</summary>
public sealed class DirectWriteTests : IDisposable
{
    private static readonly string[] First =
    [
        "MATCH (p:person) WHERE p.ID = 0 SET p.age = 36, p.isStudent = false, p.eyeSight = 4.5, p.height = CAST(1.5 AS FLOAT), p.birthdate = date('1900-01-02'), "
        + "p.registerTime = timestamp('2020-02-29 12:00:00.000001'), p.u = uuid('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a99'), p.usedNames = '[\"Aida\",null,\"it\\'s\"]', "
        + "p.courseScoresPerTerm = '[[1],[],null]', p.lastJobDuration = {Months: 1, Days: 2, Microseconds: 3}, p.fName = NULL",
        "CREATE (:person {ID: 100, fName: 'Zed', isStudent: true, grades: '[1,2,3,4]'})",
        "MATCH (a:person), (o:organisation) WHERE a.ID = 100 AND o.ID = 1 CREATE (a)-[:workAt {year: 2020, grading: '[0.5,1.0]', rating: CAST(1.5 AS FLOAT)}]->(o)",
        "MATCH (a:person)-[k:knows]->(b:person) WHERE a.ID = 0 AND b.ID = 2 DELETE k",
        "MATCH (a:person)-[s:studyAt]->(:organisation) WHERE a.ID = 2 SET s.hugedata = CAST('170141183460469231731687303715884105727' AS INT128), s.ulevel = CAST(7 AS UINT8)",
    ];

    private static readonly string[] Second =
    [
        "MATCH (p:person) WHERE p.ID = 0 SET p.age = 37",
        "MATCH (o:organisation) WHERE o.ID = 1 SET o.info = {Tag: 'note', price: CAST(NULL AS FLOAT), movein: CAST(NULL AS DATE), note: 'moved'}, o.mark = 9.25",
        "MATCH (m:movies) WHERE m.name = 'Roma' SET m.length = CAST(299 AS INT32), m.content = BLOB('\\\\xAA\\\\x00'), m.audience = '[{\"Key\":\"adults\",\"Value\":3}]'",
        "MATCH (p:person) WHERE p.ID = 10 DETACH DELETE p",
        "MATCH (a:person), (b:person) WHERE a.ID = 8 AND b.ID = 9 CREATE (a)-[:meets {times: CAST(4 AS INT32), location: '[1.5,2.5]'}]->(b)",
    ];

    private readonly Source _source = Source.TinySnb();

    public void Dispose() => _source.Dispose();

    [Fact]
    public async Task What_was_written_on_two_copies_comes_together_in_equal_databases()
    {
        await AdoptAsync(areSynced: true);
        _source.ExecuteOn("one", First);
        _source.ExecuteOn("other", Second);
        await using var one = await OpenAsync("one");
        await using var other = await OpenAsync("other");
        Assert.Equal("2 inserted, 2 updated, 1 deleted, 0 refused", one.Captured!.ToString());
        Assert.Equal("1 inserted, 3 updated, 1 deleted, 0 refused", other.Captured!.ToString());

        await AgreeAsync(one, other);
        foreach (var replica in new[] { one, other })
        {
            Assert.Equal(["person.age"], await replica.ConflictsAsync().Select(conflict => $"{conflict.Type.Name}.{conflict.Field?.Name}").ToListAsync());
            Assert.Equal(
                ["NULL|false|4.5|1.5|1900-01-02|2020-02-29T12:00:00.0000010Z|'[\"Aida\",null,\"it\\'s\"]'|'[[1],[],null]'|{'Months': 1, 'Days': 2, 'Microseconds': 3}"],
                await replica.TextsAsync("MATCH (p:person) WHERE p.ID = 0 RETURN p.fName, p.isStudent, p.eyeSight, p.height, p.birthdate, p.registerTime, p.usedNames, p.courseScoresPerTerm, p.lastJobDuration"));
            Assert.Equal(["100|1|2020|1.5"], await replica.TextsAsync("MATCH (a:person)-[w:workAt]->(o:organisation) WHERE a.ID = 100 RETURN a.ID, o.ID, w.year, w.rating"));
            Assert.Equal(["299|0xAA00|'[{\"Key\":\"adults\",\"Value\":3}]'"], await replica.TextsAsync("MATCH (m:movies) WHERE m.name = 'Roma' RETURN m.length, m.content, m.audience"));
            Assert.Equal(["'note'|'moved'"], await replica.TextsAsync("MATCH (o:organisation) WHERE o.ID = 1 RETURN o.info.Tag, o.info.note"));
            Assert.Equal(["170141183460469231731687303715884105727|7"], await replica.TextsAsync("MATCH (a:person)-[s:studyAt]->(:organisation) WHERE a.ID = 2 RETURN s.hugedata, s.ulevel"));
            Assert.Equal(["0"], await replica.TextsAsync("MATCH (p:person) WHERE p.ID = 10 RETURN count(*)"));
            Assert.Equal(["0"], await replica.TextsAsync("MATCH (a:person)-[k:knows]->(b:person) WHERE a.ID = 0 AND b.ID = 2 RETURN count(*)"));
        }
    }

    /// <summary>What one of them wrote or deleted is concurrent then with what the other has adopted.</summary>
    [Fact]
    public async Task Copies_that_never_met_before_they_were_edited_come_to_agree_too()
    {
        await AdoptAsync(areSynced: false);
        _source.ExecuteOn("one", First);
        _source.ExecuteOn("other", Second);
        await using var one = await OpenAsync("one");
        await using var other = await OpenAsync("other");
        await AgreeAsync(one, other);
        Assert.Equal(["299"], await one.TextsAsync("MATCH (m:movies) WHERE m.name = 'Roma' RETURN m.length"));
        Assert.Equal(
            (await one.ConflictsAsync().ToListAsync()).Select(conflict => (conflict.Entity, conflict.Field?.Name)),
            (await other.ConflictsAsync().ToListAsync()).Select(conflict => (conflict.Entity, conflict.Field?.Name)));
    }

    private async Task AdoptAsync(bool areSynced)
    {
        await using var one = await _source.AdoptAsync("one");
        await using var other = await _source.AdoptAsync("other");
        if (!areSynced) return;
        await AgreeAsync(one.Replica, other.Replica);
        Assert.Empty(await one.Replica.ConflictsAsync().ToListAsync());
    }

    private static async Task AgreeAsync(GraphReplica one, GraphReplica other)
    {
        await one.SyncAsync(other);
        Assert.Equal(one.VectorOf(), other.VectorOf());
        Assert.Equal(await one.DumpAsync(), await other.DumpAsync());
        foreach (var replica in new[] { one, other }) Assert.Empty((await replica.VerifyAsync()).Differences);
    }

    private Task<GraphReplica> OpenAsync(string name) => GraphReplica.OpenAsync(name, _source.Configure(name));
}
