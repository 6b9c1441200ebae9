using Crdt.Kuzu;
using Crdt.Kuzu.Binding;
using Crdt.Kuzu.Tables;
using Crdt.Schema;
using Crdt.Tests.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Projection;

/// <summary>
/// How the engine runs the statements that write. A MATCH that compares with a field of a struct is planned as a cross product,
/// which scans the table for every row: five times as slow at 122,000 nodes, and worse with more.
/// </summary>
public sealed class PlanTests : IDisposable
{
    private readonly KuzuDatabase _database = KuzuDatabase.Open(":memory:", ScratchFolder.Small);
    private readonly KuzuConnection _connection;

    public PlanTests()
    {
        _connection = _database.Connect();
        foreach (var type in Town.Schema.Types) _connection.Execute(new TableShape(type).Ddl);
        _connection.Execute("UNWIND range(1, 3000) AS i CREATE (:Person {Id: i})");
        _connection.Execute(
            "UNWIND range(1, 2999) AS i WITH i, i + 1 AS j MATCH (a:Person) WHERE a.Id = i WITH a, j MATCH (b:Person) WHERE b.Id = j "
            + "CREATE (a)-[:KNOWS]->(b), (a)-[:PAID {No: 1}]->(b)");
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    public static TheoryData<string> Types => [.. Town.Schema.Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Types))]
    public void Many_rows_are_joined_by_key(string name)
    {
        var type = TypeOf(name);
        var table = new TableShape(type);
        foreach (var statement in new[] { type.IsRelationship ? table.Create(byKey: false) : null, table.Update(byKey: false), table.Delete(byKey: false) })
        {
            if (statement is null) continue;
            var plan = PlanOf(statement, type);
            Assert.DoesNotContain("CROSS_PRODUCT", plan);
            Assert.DoesNotContain("STRUCT_EXTRACT", plan[..plan.LastIndexOf("HASH_JOIN", StringComparison.Ordinal)]);
            var keys = type.IsRelationship ? new[] { "a.Id", "b.Id" } : ["e.Id"];
            Assert.Subset(JoinKeys(plan), keys.ToHashSet());
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_row_alone_is_found_through_the_index(string name)
    {
        var type = TypeOf(name);
        var table = new TableShape(type);
        foreach (var statement in new[] { type.IsRelationship ? table.Create(byKey: true) : null, table.Update(byKey: true), table.Delete(byKey: true) })
        {
            if (statement is null) continue;
            var plan = PlanOf(statement, type);
            Assert.Equal(type.IsRelationship ? 2 : 1, Occurrences(plan, "PRIMARY_KEY_SCAN_NODE_TABLE["));
            Assert.Equal(0, Occurrences(plan.Replace("PRIMARY_KEY_SCAN_NODE_TABLE", ""), "SCAN_NODE_TABLE["));
        }
    }

    [Fact]
    public void The_form_to_be_avoided_is_told_from_the_others()
    {
        using var rows = new KuzuRows(new KuzuColumn("k", KuzuColumnType.Int64));
        rows.Append().Int64(1);
        using var statement = _connection.Prepare("EXPLAIN UNWIND $rows AS r MATCH (e:Person) WHERE e.Id = r.k DELETE e");
        Assert.Contains("CROSS_PRODUCT", TextOf(statement.Bind("rows", rows)));
    }

    private string PlanOf(WriteStatement statement, EntityType type)
    {
        using var prepared = _connection.Prepare($"EXPLAIN {statement.Cypher}");
        using var rows = statement.Fields.Count == 0 ? null : new KuzuRows([.. statement.Fields]);
        for (var i = 0; rows is not null && i < (statement.IsByKey ? 1 : 1000); i++)
        {
            rows.Append();
            foreach (var field in statement.Fields) Fill(rows, field, i);
        }

        if (rows is not null) prepared.Bind("rows", rows);
        if (statement.IsByKey)
        {
            if (type.IsRelationship) prepared.Bind(TableShape.SourceField, 1L).Bind(TableShape.TargetField, 2L);
            if (type.Key is not null) _ = type.IsRelationship ? prepared.Bind(TableShape.KeyField, 1) : prepared.Bind(TableShape.KeyField, 1L);
        }

        return TextOf(prepared);
    }

    private static void Fill(KuzuRows rows, KuzuColumn field, int number) => _ = field.Type.Kind switch
    {
        KuzuColumnKind.Int64 => rows.Int64(number),
        KuzuColumnKind.Int32 => rows.Int32(number),
        _ => rows.String("text"),
    };

    private static string TextOf(KuzuStatement statement)
    {
        using var result = statement.Query();
        Assert.True(result.Read());
        return result.GetString(0);
    }

    /// <summary>What joins compare: the lines of each operator's box from "Keys:" to the next rule.</summary>
    private static HashSet<string> JoinKeys(string plan)
    {
        var lines = plan.Split('\n');
        var keys = new HashSet<string>();
        for (var row = 0; row < lines.Length; row++)
        {
            for (var at = lines[row].IndexOf("Keys:", StringComparison.Ordinal); at >= 0; at = lines[row].IndexOf("Keys:", at + 1, StringComparison.Ordinal))
            {
                var (left, right) = (lines[row].LastIndexOf('│', at) + 1, lines[row].IndexOf('│', at));
                for (var next = row; !lines[next][left..right].Contains("---") && !lines[next][left..right].Contains("Payloads"); next++)
                    keys.Add(lines[next][left..right].Replace("Keys:", "").Trim());
            }
        }

        return keys;
    }

    private static EntityType TypeOf(string name) => Town.Schema.Types.Single(type => type.Name == name);

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;
}
