using Crdt.Kuzu.Projecting;
using Crdt.Projection;

namespace Crdt.Tests.Kuzu.Queries;

/// <summary>A query is taken apart where the engine would take it apart.</summary>
public sealed class CypherTextTests
{
    [Theory]
    [InlineData("RETURN 1", "RETURN 1")]
    [InlineData("RETURN 1;", "RETURN 1")]
    [InlineData("RETURN 1;;  ; // nothing\n;", "RETURN 1")]
    [InlineData("RETURN 1;RETURN 2", "RETURN 1|RETURN 2")]
    [InlineData("RETURN ';';RETURN \";\"", "RETURN ';'|RETURN \";\"")]
    [InlineData(@"RETURN '\';';RETURN ""\"";"";", @"RETURN '\';'|RETURN ""\"";""")]
    [InlineData(@"RETURN '\\';RETURN 2", @"RETURN '\\'|RETURN 2")]
    [InlineData("RETURN 1 AS `a;'b`;RETURN 2", "RETURN 1 AS `a;'b`|RETURN 2")]
    [InlineData("RETURN 1 // ; '\n;RETURN 2", "RETURN 1 // ; '\n|RETURN 2")]
    [InlineData("RETURN 1 /* ; ' /* */;RETURN 4 / 2", "RETURN 1 /* ; ' /* */|RETURN 4 / 2")]
    [InlineData("RETURN 'never closed; RETURN 2", "RETURN 'never closed; RETURN 2")]
    [InlineData("RETURN 'a\\", "RETURN 'a\\")]
    [InlineData("RETURN 1 /* never closed; RETURN 2", "RETURN 1 /* never closed; RETURN 2")]
    [InlineData("", "")]
    [InlineData(" ; ", " ; ")]
    public void Statements_end_at_semicolons_outside_of_quotes_and_comments(string query, string statements) =>
        Assert.Equal(statements, string.Join('|', CypherText.Split(query, []).Select(statement => statement.Text)));

    [Fact]
    public void Each_statement_gets_the_parameters_that_it_names()
    {
        var statements = CypherText.Split("RETURN $a, '$b', $`c d` // $b\n; RETURN $b+$a", ["a", "b", "c d"]);
        Assert.Equal(["a,c d", "a,b"], statements.Select(statement => string.Join(',', statement.Parameters)));
        Assert.Contains("'x'", Assert.Throws<ProjectionException>(() => CypherText.Split("RETURN $a; RETURN 2", ["a", "x"])).Message);
    }

    [Theory]
    [InlineData("COMMIT")]
    [InlineData("commit;")]
    [InlineData("RETURN 1; ROLLBACK; CREATE (:Person {Id: 1})")]
    [InlineData("/* ; */ // x\n ( Begin TRANSACTION")]
    [InlineData("\u00A0\uFEFFCHECKPOINT")]
    [InlineData("EXPLAIN LOGICAL COMMIT")]
    [InlineData("PROFILE COMMIT; RETURN 1")]
    public void No_statement_begins_or_ends_a_transaction(string query) =>
        Assert.Contains("only reads", Assert.Throws<ProjectionException>(() => CypherText.Split(query, [])).Message);
}
