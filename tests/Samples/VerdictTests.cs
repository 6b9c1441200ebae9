using Crdt.Kuzu;
using Crdt.Kuzu.Binding;

namespace Crdt.Tests.Samples;

/// <summary>The demo says yes where both databases hold what they have to hold, and no in every other case.</summary>
public sealed class VerdictTests(FinishedRun run) : IClassFixture<FinishedRun>
{
    private const string FirstPerson = "MATCH (p:Person) WITH p ORDER BY p.id LIMIT 1";

    [Fact]
    public void A_run_ends_with_both_replicas_identical() => run.Result.AssertIdentical();

    [Fact]
    public void A_run_shows_that_every_kind_of_conflict_was_settled()
    {
        var text = string.Join('\n', run.Result.Lines);
        Assert.Matches(@"changed here, changed there +[1-9]\d* +[1-9]\d* +last write wins", text);
        Assert.Matches(@"deleted here, changed there +[1-9]\d* +[1-9]\d* +delete wins", text);
        Assert.Matches(@"counters add up: .* make [+−]?[\d,]+ → -?\d+ on both", text);
        Assert.Matches(@"adding wins: .*'(\w+)' .* → \[""\1""\] on both", text);
        Assert.Matches(@"deleting wins: .* → rows: 0 on both", text);
        Assert.Matches(@"no relationship without its ends: .* → rows: 0 on both", text);
        Assert.Matches(@"hidden because an end was deleted: [1-9]", text);
    }

    [Fact]
    public void A_log_has_no_escape_sequences() => Assert.DoesNotContain(run.Result.Lines, line => line.Any(character => char.IsControl(character)));

    [Fact]
    public async Task What_a_run_left_behind_can_be_compared_again()
    {
        using var work = Copy();
        var result = await DemoProcess.RunAsync("--work", work.Path, "--verify-only", "--quiet");
        result.AssertIdentical();
        Assert.Single(result.Lines);
    }

    [Fact]
    public async Task The_demos_own_tampering_is_found()
    {
        using var work = Copy();
        (await DemoProcess.RunAsync("--work", work.Path, "--verify-only", "--tamper")).AssertDifferent("Nobody");
    }

    [Theory]
    [InlineData("MATCH (t:Tag) WHERE t.id = 90000000000000 SET t.url = 'changed'", "Tag: row")]
    [InlineData($"{FirstPerson} SET p.nicknames = '[\"somebody else\"]'", "Person: row 1")]
    [InlineData($"{FirstPerson} SET p.points = p.points + 1", "Person: row 1")]
    [InlineData("MATCH ()-[k:knows]->() WITH k LIMIT 1 DELETE k", "knows: row")]
    [InlineData("CREATE (:TagClass {id: 1, name: 'x', url: 'x'})", "TagClass: row 1")]
    public async Task A_change_on_one_side_is_found(string cypher, string reason)
    {
        using var work = Copy();
        Execute(work.Graph("laptop"), cypher);
        (await DemoProcess.RunAsync("--work", work.Path, "--verify-only")).AssertDifferent(reason);
    }

    [Theory]
    [InlineData($"{FirstPerson} SET p.firstName = 'Nobody'", "both hold the same values, but not the expected ones")]
    [InlineData("MATCH ()-[k:knows]->() DELETE k", "knows: both have 0 rows where")]
    public async Task The_same_mistake_on_both_sides_is_found(string cypher, string reason)
    {
        using var work = Copy();
        foreach (var replica in new[] { "office", "laptop" }) Execute(work.Graph(replica), cypher);
        (await DemoProcess.RunAsync("--work", work.Path, "--verify-only")).AssertDifferent(reason);
    }

    private WorkFolder Copy()
    {
        var copy = new WorkFolder();
        copy.CopyFrom(run.Work);
        return copy;
    }

    private static void Execute(string graph, string cypher)
    {
        using var database = KuzuDatabase.Open(graph);
        using var connection = database.Connect();
        connection.Execute(cypher);
    }
}
