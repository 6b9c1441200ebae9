using Crdt.Kuzu;
using Crdt.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Binding;

public sealed class TransactionTests : IDisposable
{
    private readonly ScratchFolder _folder = new();
    private readonly KuzuDatabase _database;
    private readonly KuzuConnection _connection;

    public TransactionTests()
    {
        _database = _folder.Open();
        _connection = _database.Connect();
        _connection.Execute("CREATE NODE TABLE U (id INT64, PRIMARY KEY (id)); CREATE REL TABLE F (FROM U TO U); CREATE (:U {id: 1}), (:U {id: 2})");
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Commit_keeps_and_rollback_drops_and_so_does_disposal()
    {
        using (var transaction = _connection.BeginTransaction())
        {
            _connection.Execute("CREATE (:U {id: 3})");
            transaction.Commit();
            Assert.Throws<InvalidOperationException>(transaction.Commit);
            Assert.Throws<InvalidOperationException>(transaction.Rollback);
        }

        using (var transaction = _connection.BeginTransaction())
        {
            _connection.Execute("CREATE (:U {id: 4})");
            transaction.Rollback();
        }

        using (_connection.BeginTransaction())
            _connection.Execute("CREATE (:U {id: 5})");
        Assert.Equal([1, 2, 3], Ids(_connection));
    }

    [Fact]
    public void Batches_of_nodes_and_relationships_roll_back_with_their_transaction()
    {
        CopyRels(1, 2, 1);
        using (_connection.BeginTransaction())
        {
            CreateNodes(10, 20);
            CreateRels(1, 2, 11);
            Assert.Equal(12, Ids(_connection).Count);
            Assert.Equal(4, RelCount());
        }

        Assert.Equal([1, 2], Ids(_connection));
        Assert.Equal(2, RelCount());
        using (var transaction = _connection.BeginTransaction())
        {
            CreateNodes(10, 20);
            CreateRels(1, 2, 11);
            transaction.Commit();
        }

        Assert.Equal(12, Ids(_connection).Count);
        Assert.Equal(4, RelCount());
    }

    [Fact]
    public void COPY_is_kept_with_its_transaction()
    {
        using (var transaction = _connection.BeginTransaction())
        {
            CopyNodes(10, 20);
            CopyRels(1, 2, 11);
            transaction.Commit();
        }

        Assert.Equal(12, Ids(_connection).Count);
        Assert.Equal(2, RelCount());
    }

    [Fact]
    public void A_connection_that_was_refused_a_write_transaction_goes_on()
    {
        using var other = _database.Connect();
        using (_connection.BeginTransaction())
        {
            Assert.Throws<KuzuException>(() => other.BeginTransaction());
            Assert.Throws<KuzuException>(() => other.Execute("BEGIN TRANSACTION"));
            Assert.Equal([1, 2], Ids(other));
        }

        using var transaction = other.BeginTransaction();
        other.Execute("CREATE (:U {id: 3})");
        transaction.Commit();
        Assert.Equal([1, 2, 3], Ids(_connection));
    }

    [Fact]
    public void A_key_is_deleted_and_made_again_in_one_transaction()
    {
        using (var transaction = _connection.BeginTransaction())
        {
            _connection.Execute("MATCH (u:U) WHERE u.id = 1 DETACH DELETE u; CREATE (:U {id: 1})");
            Assert.Equal([1, 2], Ids(_connection));
            transaction.Rollback();
        }

        using (var transaction = _connection.BeginTransaction())
        {
            _connection.Execute("MATCH (u:U) WHERE u.id = 1 DETACH DELETE u; CREATE (:U {id: 1})");
            transaction.Commit();
        }

        Assert.Equal([1, 2], Ids(_connection));
    }

    [Fact]
    public void What_was_committed_is_there_after_closing_and_opening_again()
    {
        using (var transaction = _connection.BeginTransaction())
        {
            CopyNodes(10, 1000);
            transaction.Commit();
        }

        _connection.Dispose();
        _database.Dispose();
        using var database = _folder.Open();
        using var connection = database.Connect();
        Assert.Equal(992, Ids(connection).Count);
    }

    [Fact]
    public void A_failed_statement_fails_the_whole_transaction_until_it_is_disposed()
    {
        foreach (var wrong in new[] { "CREATE (:U {id: 1})", "MATCH (x:Nowhere) RETURN x", "NO CYPHER" })
        {
            using (var transaction = _connection.BeginTransaction())
            {
                _connection.Execute("CREATE (:U {id: 9})");
                var error = Assert.Throws<KuzuException>(() => _connection.Execute(wrong));
                Assert.Equal(wrong, error.Statement);
                Assert.True(transaction.HasFailed);
                Assert.Throws<InvalidOperationException>(() => _connection.Execute("CREATE (:U {id: 10})"));
                Assert.Throws<InvalidOperationException>(() => _connection.Prepare("RETURN 1"));
                Assert.Throws<InvalidOperationException>(transaction.Commit);
            }

            Assert.Equal([1, 2], Ids(_connection));
        }

        using (var transaction = _connection.BeginTransaction())
        {
            _connection.Execute("CREATE (:U {id: 9})");
            transaction.Commit();
        }

        Assert.Equal([1, 2, 9], Ids(_connection));
    }

    [Fact]
    public void There_is_one_writer_and_readers_see_what_was_committed()
    {
        using var other = _database.Connect();
        using var transaction = _connection.BeginTransaction();
        _connection.Execute("CREATE (:U {id: 3})");
        Assert.Equal([1, 2], Ids(other));
        var error = Assert.Throws<KuzuException>(() => other.Execute("CREATE (:U {id: 4})"));
        Assert.Equal(KuzuErrorReason.WriterBusy, error.Reason);
        Assert.Equal(KuzuErrorReason.WriterBusy, Assert.Throws<KuzuException>(() => other.BeginTransaction()).Reason);
        transaction.Commit();
        Assert.Equal([1, 2, 3], Ids(other));
        other.Execute("CREATE (:U {id: 4})");
        Assert.Equal([1, 2, 3, 4], Ids(_connection));
    }

    [Fact]
    public void A_read_only_transaction_keeps_to_one_state()
    {
        using var other = _database.Connect();
        using (var transaction = other.BeginTransaction(readOnly: true))
        {
            Assert.Equal([1, 2], Ids(other));
            _connection.Execute("CREATE (:U {id: 3})");
            Assert.Equal([1, 2], Ids(other));
            Assert.Throws<KuzuException>(() => other.Execute("CREATE (:U {id: 4})"));
        }

        Assert.Equal([1, 2, 3], Ids(other));
    }

    [Fact]
    public void Transactions_do_not_nest()
    {
        using var transaction = _connection.BeginTransaction();
        Assert.Throws<InvalidOperationException>(() => _connection.BeginTransaction());
    }

    [Fact]
    public void A_commit_whose_checkpoint_has_to_wait_for_a_reader_too_long_is_kept_and_says_so()
    {
        using (var reader = _database.Connect())
        {
            using var reading = reader.BeginTransaction(readOnly: true);
            Assert.Equal([1, 2], Ids(reader));
            using var transaction = _connection.BeginTransaction();
            CopyNodes(10, 12);
            var error = Assert.Throws<KuzuException>(transaction.Commit);
            Assert.Equal(KuzuErrorReason.CheckpointFailed, error.Reason);
        }

        Assert.Equal([1, 2, 10, 11], Ids(_connection));
        _connection.Dispose();
        _database.Dispose();
        using var database = _folder.Open();
        using var connection = database.Connect();
        Assert.Equal([1, 2, 10, 11], Ids(connection));
    }

    private static List<long> Ids(KuzuConnection connection)
    {
        using var result = connection.Query("MATCH (u:U) RETURN u.id ORDER BY u.id");
        var ids = new List<long>();
        while (result.Read())
            ids.Add(result.GetInt64(0));
        return ids;
    }

    private long RelCount()
    {
        using var result = _connection.Query("MATCH (:U)-[f:F]->(:U) RETURN count(*)");
        Assert.True(result.Read());
        return result.GetInt64(0);
    }

    private void CopyNodes(int from, int to) => Nodes("COPY U FROM (UNWIND $rows AS r RETURN r.id)", from, to);

    private void CreateNodes(int from, int to) => Nodes("UNWIND $rows AS r CREATE (:U {id: r.id})", from, to);

    private void CopyRels(long from, long to, long other) => Rels("COPY F FROM (UNWIND $rows AS r RETURN r.f, r.t)", from, to, other);

    private void CreateRels(long from, long to, long other) => Rels(
        "UNWIND $rows AS r WITH r.f AS f, r.t AS t MATCH (a:U) WHERE a.id = f WITH a, t MATCH (b:U) WHERE b.id = t CREATE (a)-[:F]->(b)", from, to, other);

    private void Nodes(string cypher, int from, int to)
    {
        using var rows = new KuzuRows(new KuzuColumn("id", KuzuColumnType.Int64));
        for (var i = from; i < to; i++)
            rows.Append().Int64(i);
        using var statement = _connection.Prepare(cypher);
        statement.Bind("rows", rows).Execute();
    }

    private void Rels(string cypher, long from, long to, long other)
    {
        using var rows = new KuzuRows(new KuzuColumn("f", KuzuColumnType.Int64), new KuzuColumn("t", KuzuColumnType.Int64));
        rows.Append().Int64(from).Int64(to);
        rows.Append().Int64(from).Int64(other);
        using var statement = _connection.Prepare(cypher);
        statement.Bind("rows", rows).Execute();
    }
}
