using Crdt.Tests.Simulation.Commits;

namespace Crdt.Tests.Simulation;

public sealed class CommitScheduleTests
{
    private const ulong Count = 2_000;

    [Fact]
    public void Whatever_happens_a_distributed_transaction_takes_effect_at_all_of_its_replicas_or_at_none()
    {
        var happened = new Dictionary<string, long>();
        var count = ulong.TryParse(Environment.GetEnvironmentVariable("CRDT_CASES"), out var cases) ? cases : Count;
        for (var seed = 1UL; seed <= count; seed++)
        {
            var failure = CommitProgram.Failure(seed, CommitMistake.None, happened);
            Assert.True(failure is null, $"seed {seed}: {failure}");
        }

        if (count < Count) return;
        // A schedule in which nothing goes wrong proves little.
        string[] expected =
        [
            "aborted", "committed", "crash", "cut", "doubled", "healed", "lacks", "lost", "nobody there", "overtaken", "refused Caller", "refused NotDurable", "refused Reserved", "refused TooLate", "reserved",
            "write CrashAfter", "write CrashBefore", "write Refused",
        ];
        Assert.All(expected, what => Assert.True(happened.GetValueOrDefault(what) >= 100, $"{what} happened {happened.GetValueOrDefault(what)} times"));
        Assert.All(Enumerable.Range(1, 4), participants => Assert.True(happened[$"{participants} participants"] >= 100));
    }

    /// <summary>
    /// 141: the abort of a promise could not be written, what it had reserved was promised anew, and after a crash both held it. 1699: a transaction was aborted before its number was durable, which told
    /// replicas that were never asked; the number was given again after a crash, and the old abort was taken for one of the new transaction.
    /// </summary>
    [Theory]
    [InlineData(141)]
    [InlineData(873)]
    [InlineData(1699)]
    public void Seeds_that_once_failed_do_no_more(ulong seed) => Assert.Null(CommitProgram.Failure(seed, CommitMistake.None));

    [Theory]
    [InlineData("ForgetsPromises")]
    [InlineData("ForgetsDecisions")]
    [InlineData("IgnoresReservations")]
    public void A_mistake_of_whoever_drives_the_protocol_is_noticed(string mistake)
    {
        var wrong = Enum.Parse<CommitMistake>(mistake);
        Assert.Contains(Enumerable.Range(1, 2_000), seed => CommitProgram.Failure((ulong)seed, wrong) is not null);
    }

    [Fact]
    public void A_seed_says_everything_that_happens()
    {
        for (var seed = 1UL; seed <= 30; seed++)
        {
            var (first, second) = (new Dictionary<string, long>(), new Dictionary<string, long>());
            CommitProgram.Failure(seed, CommitMistake.None, first);
            CommitProgram.Failure(seed, CommitMistake.None, second);
            Assert.Equal(first.OrderBy(each => each.Key, StringComparer.Ordinal), second.OrderBy(each => each.Key, StringComparer.Ordinal));
        }
    }
}
