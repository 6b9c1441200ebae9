using Crdt.Storage;
using static Crdt.Tests.Sqlite.TestGraph;

namespace Crdt.Tests.Sqlite;

/// <content>Incarnations that a commit begins, not an opening.</content>
public sealed partial class IncarnationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_commit_that_begins_an_incarnation_is_opened_under_it_and_a_copy_from_before_it_is_not(bool asBatch)
    {
        var next = new Incarnation(Laptop, DateTimeOffset.UnixEpoch.AddDays(20_000), IncarnationReason.ClockAhead, 1);
        var commit = Commit(2, Put(Node(2), "bob")) with { Incarnation = next };
        await using (var store = await OpenAsync(Store))
        {
            await store.CommitAsync(Commit(1, Put(Node(1), "ann")));
            Copy(Home, Backup);
            await using var batch = asBatch ? await store.BeginBatchAsync(2) : null;
            if (batch is not null) await batch.CommitAsync(commit);
            else await store.CommitAsync(commit);
        }

        for (var opening = 0; opening < 2; opening++)
        {
            var state = await WorkAsync(Store);
            Assert.Equal((Laptop, 2), (state.Replica, state.Incarnations.Count));
            Assert.Equal(next, state.Incarnations[^1]);
        }

        Restore(withLease: true, inPlace: true);
        var restored = await WorkAsync(Store);
        Assert.Equal(1, restored.Revision);
        Assert.DoesNotContain(restored.Replica, new[] { Phone, Laptop });
    }
}
