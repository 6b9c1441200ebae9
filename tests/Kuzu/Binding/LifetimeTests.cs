using System.Runtime.CompilerServices;
using Crdt.Kuzu;
using Crdt.Kuzu.Binding;

namespace Crdt.Tests.Kuzu.Binding;

/// <summary>Native objects in every order of death. A mistake here is a crash of the test process, not a failed assertion.</summary>
public sealed class LifetimeTests
{
    public static TheoryData<int> Orders => [.. Enumerable.Range(0, 24)];

    [Theory]
    [MemberData(nameof(Orders))]
    public void They_may_be_disposed_in_any_order_and_twice(int order)
    {
        using var folder = new ScratchFolder();
        var all = Everything(folder);
        foreach (var index in Permutation(order))
            all[index].Dispose();
        foreach (var one in all)
            one.Dispose();
        using var again = folder.Open();
    }

    [Fact]
    public void A_result_is_read_to_its_end_after_all_else_was_disposed()
    {
        using var folder = new ScratchFolder();
        var database = folder.Open();
        var connection = database.Connect();
        var statement = connection.Prepare("UNWIND range(1, 5000) AS i RETURN i");
        using var result = statement.Query();
        statement.Dispose();
        connection.Dispose();
        database.Dispose();
        var sum = 0L;
        while (result.Read())
            sum += result.GetInt64(0);
        Assert.Equal(5000L * 5001 / 2, sum);
        Assert.Equal(KuzuErrorReason.Locked, Assert.Throws<KuzuException>(() => folder.Open()).Reason);
        result.Dispose();
        folder.Open().Dispose();
    }

    [Fact]
    public void What_was_disposed_says_so()
    {
        using var folder = new ScratchFolder();
        var database = folder.Open();
        var connection = database.Connect();
        var statement = connection.Prepare("RETURN $x");
        var result = connection.Query("RETURN 1");
        result.Dispose();
        Assert.Throws<ObjectDisposedException>(() => result.Read());
        statement.Dispose();
        Assert.Throws<ObjectDisposedException>(() => statement.Bind("x", 1));
        Assert.Throws<ObjectDisposedException>(statement.Execute);
        connection.Dispose();
        Assert.Throws<ObjectDisposedException>(() => connection.Execute("RETURN 1"));
        Assert.Throws<ObjectDisposedException>(() => connection.Prepare("RETURN 1"));
        database.Dispose();
        Assert.Throws<ObjectDisposedException>(() => database.Connect());
    }

    [Fact]
    public void All_may_be_abandoned_to_the_finalizer()
    {
        using var folder = new ScratchFolder();
        for (var i = 0; i < 20; i++)
            Abandon(folder[$"abandoned-{i}"]);
        Assert.True(SpinWait.SpinUntil(() => CollectedAll(folder, 20), TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void A_transaction_left_open_is_rolled_back_when_its_connection_or_database_goes()
    {
        using var folder = new ScratchFolder();
        var database = folder.Open();
        var connection = database.Connect();
        connection.Execute("CREATE NODE TABLE U (id INT64, PRIMARY KEY (id))");
        connection.BeginTransaction();
        connection.Execute("CREATE (:U {id: 1})");
        database.Dispose();
        connection.Dispose();

        using var reopened = folder.Open();
        using var other = reopened.Connect();
        other.Execute("BEGIN TRANSACTION; CREATE (:U {id: 2})");
        other.Dispose();
        using var last = reopened.Connect();
        using var result = last.Query("MATCH (u:U) RETURN count(*)");
        Assert.True(result.Read());
        Assert.Equal(0, result.GetInt64(0));
    }

    private static IDisposable[] Everything(ScratchFolder folder)
    {
        var database = folder.Open();
        var connection = database.Connect();
        var statement = connection.Prepare("UNWIND range(1, 100) AS i RETURN i");
        var result = statement.Query();
        Assert.True(result.Read());
        return [database, connection, statement, result];
    }

    private static IEnumerable<int> Permutation(int order)
    {
        var rest = new List<int> { 0, 1, 2, 3 };
        for (var radix = 4; radix > 0; radix--)
        {
            yield return rest[order % radix];
            rest.RemoveAt(order % radix);
            order /= radix;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Abandon(string path)
    {
        var connection = KuzuDatabase.Open(path, ScratchFolder.Small).Connect();
        connection.Execute("CREATE NODE TABLE U (id INT64, PRIMARY KEY (id))");
        connection.BeginTransaction();
        connection.Execute("CREATE (:U {id: 1})");
        var rows = KuzuRows.OfValues(KuzuColumnType.String);
        rows.Append().String("x");
        connection.Prepare("UNWIND $x AS x RETURN x").Bind("x", rows).Query().Read();
    }

    private static bool CollectedAll(ScratchFolder folder, int count)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        for (var i = 0; i < count; i++)
        {
            try
            {
                KuzuDatabase.Open(folder[$"abandoned-{i}"], ScratchFolder.Small).Dispose();
            }
            catch (KuzuException e) when (e.Reason == KuzuErrorReason.Locked)
            {
                return false;
            }
        }

        return true;
    }
}
