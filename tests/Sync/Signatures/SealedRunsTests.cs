using Crdt.Signing;
using Crdt.Storage;
using Crdt.Sync.Events;
using Crdt.Sync.Signatures;

namespace Crdt.Tests.Sync.Signatures;

public sealed class SealedRunsTests : IDisposable
{
    private readonly SignedAuthor _ann = new(ReplicaIdentity.Signed(), TimeProvider.System);
    private readonly SignedAuthor _bob = new(ReplicaIdentity.Signed(), TimeProvider.System);
    private readonly StoredEvent _unsigned = Stored(EventCodec.Create("main", new(12), 1, 1, new(1), new(), []));

    public void Dispose()
    {
        _ann.Dispose();
        _bob.Dispose();
    }

    [Fact]
    public void What_stands_behind_the_last_seal_waits()
    {
        var run = _ann.Run(6, 1);
        run[2] = _ann.Sealed(run[2]);
        var (runs, stored) = (new SealedRuns(), run.ConvertAll(Stored));
        Assert.Empty(runs.Take(stored[..2]));
        Assert.True(runs.HasLeftOut);
        Assert.Equal(stored[..3], Assert.Single(runs.Take(stored[2..5])));
        Assert.True(runs.HasLeftOut);
        Assert.Equal(stored[3..], Assert.Single(runs.Take(stored[5..])));
        Assert.False(runs.HasLeftOut);
    }

    [Fact]
    public void Others_go_on_beside_a_run_that_is_open()
    {
        var (anns, bobs, runs) = (_ann.Run(3, 1).ConvertAll(Stored), _bob.Run(2, 10).ConvertAll(Stored), new SealedRuns());
        Assert.Equal([bobs[0], bobs[1], _unsigned], Assert.Single(runs.Take([anns[0], bobs[0], anns[1], bobs[1], _unsigned])));
        Assert.True(runs.HasLeftOut);
        Assert.Equal(anns, Assert.Single(runs.Take([anns[2]])));
    }

    [Fact]
    public void A_reader_that_takes_signed_events_only_is_given_no_others()
    {
        var (anns, runs) = (_ann.Run(2, 1).ConvertAll(Stored), new SealedRuns(signedOnly: true));
        Assert.Equal(anns, Assert.Single(runs.Take([anns[0], _unsigned, anns[1]])));
        Assert.True(runs.HasLeftOut);
        Assert.Empty(runs.Take([]));
        Assert.True(runs.HasLeftOut);
    }

    /// <summary>Ten times what fits into a frame comes at once where a run was open so long.</summary>
    [Fact]
    public void However_much_comes_at_once_each_batch_fits_into_a_frame_and_ends_its_runs()
    {
        var (authors, runs, taken) = (Enumerable.Range(0, 20).Select(_ => new SignedAuthor(ReplicaIdentity.Signed(), TimeProvider.System)).ToList(), new SealedRuns(), new List<IReadOnlyList<StoredEvent>>());
        var chains = authors.ConvertAll(author => Large(author, 5, 150_000));
        for (var i = 0; i < 5; i++) taken.AddRange(runs.Take([.. chains.Select(chain => chain[i])]));
        authors.ForEach(author => author.Dispose());
        Assert.False(runs.HasLeftOut);
        Assert.Equal(100, taken.Sum(batch => batch.Count));
        Assert.InRange(taken.Count, 5, 50);
        Assert.All(taken, batch => Assert.InRange(batch.Sum(one => one.Bytes.Length), 1, 3 * 1024 * 1024));
        Assert.All(taken, batch => Assert.All(batch.GroupBy(one => one.Origin), chain => Assert.False(SealedEvent.SealOf(chain.Last().Bytes).IsEmpty)));
    }

    /// <summary>Nobody would take it: a reader may not be made to hold as much as somebody likes before a seal.</summary>
    [Fact]
    public void A_run_that_is_too_long_for_any_reader_holds_up_nobody_else()
    {
        var (anns, bobs, runs) = (Large(_ann, 12, 150_000), _bob.Run(1, 1).ConvertAll(Stored), new SealedRuns());
        Assert.Equal(bobs, Assert.Single(runs.Take([.. anns, .. bobs])));
        Assert.True(runs.HasLeftOut);
    }

    private static List<StoredEvent> Large(SignedAuthor author, int count, int size)
    {
        var (run, before) = (new List<StoredEvent>(), default(GraphEvent));
        for (var i = 0; i < count; i++)
        {
            before = author.Add(i + 1, before, email: new string('x', size));
            run.Add(Stored(i == count - 1 ? author.Sealed(before) : before));
        }

        return run;
    }

    private static StoredEvent Stored(GraphEvent one) => new("main", one.Origin, one.First, one.Last, one.Bytes);
}
