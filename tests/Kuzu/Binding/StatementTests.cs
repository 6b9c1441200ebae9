using Crdt.Kuzu;
using Crdt.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Binding;

public sealed class StatementTests : IDisposable
{
    private readonly KuzuDatabase _database = KuzuDatabase.Open(":memory:", ScratchFolder.Small);
    private readonly KuzuConnection _connection;

    public StatementTests() => _connection = _database.Connect();

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    [Fact]
    public void The_engine_is_the_release_the_binding_is_written_for() => Assert.Equal("0.11.3", KuzuDatabase.EngineVersion);

    [Theory]
    [InlineData("MATCH (x:Nowhere) RETURN x", KuzuErrorReason.InvalidStatement)]
    [InlineData("NO CYPHER", KuzuErrorReason.InvalidStatement)]
    [InlineData("RETURN CAST('x' AS INT64)", KuzuErrorReason.Unknown)]
    public void An_error_carries_its_statement_and_the_engines_message(string cypher, KuzuErrorReason reason)
    {
        var error = Assert.Throws<KuzuException>(() => _connection.Execute(cypher));
        Assert.Equal((cypher, reason), (error.Statement, error.Reason));
        Assert.NotEmpty(error.Message);
        Assert.Equal(error.Message.Trim(), error.Message);
    }

    [Fact]
    public void A_statement_that_does_not_prepare_says_so_and_a_parameter_that_is_not_bound_is_NULL()
    {
        Assert.Equal(KuzuErrorReason.InvalidStatement, Assert.Throws<KuzuException>(() => _connection.Prepare("NO CYPHER")).Reason);
        using var statement = _connection.Prepare("RETURN $x + 1");
        using (var unbound = statement.Query())
        {
            Assert.True(unbound.Read());
            Assert.True(unbound.IsNull(0));
        }

        using var result = statement.Bind("x", 1L).Query();
        Assert.True(result.Read());
        Assert.Equal(2, result.GetInt64(0));
    }

    [Fact]
    public void A_duplicate_key_and_a_missing_node_are_told_apart()
    {
        _connection.Execute("CREATE NODE TABLE U (id INT64, PRIMARY KEY (id)); CREATE REL TABLE F (FROM U TO U); CREATE (:U {id: 1})");
        Assert.Equal(KuzuErrorReason.DuplicateKey, Assert.Throws<KuzuException>(() => _connection.Execute("CREATE (:U {id: 1})")).Reason);
        using var folder = new ScratchFolder();
        using var database = folder.Open();
        using var connection = database.Connect();
        connection.Execute("CREATE NODE TABLE U (id INT64, PRIMARY KEY (id)); CREATE REL TABLE F (FROM U TO U)");
        Assert.Equal(KuzuErrorReason.MissingNode, Assert.Throws<KuzuException>(() => connection.Execute("COPY F FROM (RETURN 1, 2)")).Reason);
    }

    [Fact]
    public void Several_statements_give_their_results_one_after_another()
    {
        using var result = _connection.Query("RETURN 1 AS a; RETURN 'x' AS b, 2 AS c; RETURN 3 AS d");
        Assert.Equal(["a"], result.ColumnNames);
        Assert.True(result.Read());
        Assert.Equal(1L, result.GetValue(0));
        Assert.True(result.NextResult());
        Assert.Equal(["b", "c"], result.ColumnNames);
        Assert.Throws<InvalidOperationException>(() => result.GetValue(0));
        Assert.True(result.Read());
        Assert.Equal(1, result.RowCount);
        Assert.Equal(("x", 2L), (result.GetString(0), result.GetInt64(1)));
        Assert.False(result.Read());
        Assert.True(result.NextResult());
        Assert.True(result.Read());
        Assert.Equal(3L, result.GetValue(0));
        Assert.False(result.NextResult());
    }

    [Fact]
    public void A_later_statement_that_fails_is_an_error_of_the_whole()
    {
        Assert.Throws<KuzuException>(() => _connection.Execute("RETURN 1; MATCH (x:Nowhere) RETURN x; RETURN 2"));
        using var result = _connection.Query("RETURN 1; MATCH (x:Nowhere) RETURN x");
        Assert.True(result.Read());
        Assert.Throws<KuzuException>(() => result.NextResult());
    }

    [Fact]
    public void A_node_under_two_names_has_the_later_one_in_both_columns()
    {
        _connection.Execute("CREATE NODE TABLE Twice(id INT64, PRIMARY KEY(id))");
        using var result = _connection.Query("MATCH (p:Twice) RETURN p, p AS q");
        Assert.Equal(["q", "q"], result.ColumnNames);
    }

    // Why queries are taken apart before the engine sees them.
    [Fact]
    public void After_a_commit_in_the_text_the_engine_goes_on_outside_of_the_transaction()
    {
        _connection.Execute("CREATE NODE TABLE Written(id INT64, PRIMARY KEY(id))");
        var transaction = _connection.BeginTransaction(readOnly: true);
        _connection.Execute("COMMIT; CREATE (:Written {id: 1})");
        Assert.Throws<KuzuException>(transaction.Dispose);
        using var result = _connection.Query("MATCH (w:Written) RETURN w.id");
        Assert.True(result.Read());
    }

    [Fact]
    public void A_statement_longer_than_its_timeout_ends()
    {
        _connection.SetQueryTimeout(TimeSpan.FromMilliseconds(100));
        var error = Assert.Throws<KuzuException>(() => _connection.Execute(Endless));
        Assert.Equal(KuzuErrorReason.Interrupted, error.Reason);
        _connection.SetQueryTimeout(Timeout.InfiniteTimeSpan);
        _connection.Execute("RETURN 1");
        Assert.Throws<ArgumentOutOfRangeException>(() => _connection.SetQueryTimeout(TimeSpan.Zero));
    }

    [Fact]
    public async Task A_statement_is_interrupted_from_another_thread()
    {
        var run = Task.Run(() => Assert.Throws<KuzuException>(() => _connection.Execute(Endless)));
        while (!run.IsCompleted)
        {
            await Task.Delay(20);
            _connection.Interrupt();
        }

        Assert.Equal(KuzuErrorReason.Interrupted, (await run).Reason);
    }

    [Fact]
    public void A_missing_row_is_not_read()
    {
        using var result = _connection.Query("UNWIND [] AS x RETURN x");
        Assert.Throws<InvalidOperationException>(() => result.GetValue(0));
        Assert.False(result.Read());
        Assert.Throws<InvalidOperationException>(() => result.GetValue(0));
    }

    private const string Endless = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b WITH a, b WHERE a * b = -1 RETURN count(*)";
}
