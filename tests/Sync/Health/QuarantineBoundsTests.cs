using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Storage;
using Crdt.Sync.Batches;
using Crdt.Sync.Events;
using Crdt.Sync.Health;
using Crdt.Sync.Storage;
using Crdt.Sync.Truth;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Health;

/// <summary>Whoever sends rubbish can't fill the disk with it.</summary>
public sealed class QuarantineBoundsTests : IAsyncDisposable
{
    private readonly InMemoryDisk _disk = new();
    private readonly MovableTime _time = new();
    private ReplicaTruth? _truth;

    public async ValueTask DisposeAsync()
    {
        if (_truth is not null) await _truth.DisposeAsync();
    }

    [Fact]
    public async Task So_many_origins_are_in_quarantine_and_no_more()
    {
        var truth = await OpenAsync();
        for (var origin = 1; origin <= Quarantine.MaxOrigins; origin++) await ApplyAsync(truth, Poison.Invented(new((UInt128)origin), 1));
        await Assert.ThrowsAsync<WireFormatException>(() => ApplyAsync(truth, Poison.Invented(new(1000), 1)));
        Assert.Equal(Quarantine.MaxOrigins, (await QuarantinedAsync(truth)).Count);
        Assert.Equal(2, (await ApplyAsync(truth, Poison.Invented(new(5), 1), Poison.Invented(new(5), 2))).Refused); // who is in, is refused as before
        await truth.DisposeAsync();
        Assert.Equal(Quarantine.MaxOrigins, (await QuarantinedAsync(await OpenAsync())).Count);
    }

    [Fact]
    public async Task A_frame_of_rubbish_is_not_read_to_its_end()
    {
        var truth = await OpenAsync();
        var rubbish = Enumerable.Range(1, Quarantine.MaxOrigins + 1).Select(origin => Poison.Invented(new((UInt128)origin), 1)).ToArray();
        await Assert.ThrowsAsync<WireFormatException>(() => ApplyAsync(truth, rubbish));
        Assert.Empty(await QuarantinedAsync(truth));
        var descending = Enumerable.Range(1, Quarantine.MaxOrigins + 1).Select(number => Poison.Invented(new(1), (ulong)(1000 - number))).ToArray();
        await Assert.ThrowsAsync<WireFormatException>(() => ApplyAsync(truth, descending));
    }

    [Fact]
    public async Task Beyond_so_many_bytes_only_the_size_and_the_hash_are_known()
    {
        var truth = await OpenAsync();
        const int Size = Quarantine.MaxEvidence / 4 - 1000;
        for (var origin = 1; origin <= 5; origin++) await ApplyAsync(truth, Poison.Invented(new((UInt128)origin), 1, Size));
        var quarantined = await QuarantinedAsync(truth);
        Assert.Equal([true, true, true, true, false], quarantined.Select(entry => entry.HasEvidence));
        Assert.True((await truth.ReadEvidenceAsync(quarantined[3], default)).Length > Size);
        Assert.True((await truth.ReadEvidenceAsync(quarantined[4], default)).IsEmpty);
        Assert.True(quarantined[4].Size > Size);
        Assert.Equal(64, quarantined[4].Sha256.Length);
    }

    /// <summary>The evidence of the later one goes with it.</summary>
    [Fact]
    public async Task An_earlier_malformed_event_takes_the_place_of_a_later_one()
    {
        var truth = await OpenAsync();
        await ApplyAsync(truth, Poison.Invented(new(1), 7));
        var later = Assert.Single(await QuarantinedAsync(truth));
        await ApplyAsync(truth, Poison.Invented(new(1), 5));
        Assert.Equal(5UL, Assert.Single(await QuarantinedAsync(truth)).First);
        Assert.True((await truth.ReadEvidenceAsync(later, default)).IsEmpty);
        await ApplyAsync(truth, Poison.Invented(new(1), 6));
        Assert.Equal(5UL, Assert.Single(await QuarantinedAsync(truth)).First);
    }

    /// <summary>It would be applied, and could never be put into a frame again: every session that had to pass it on would fail.</summary>
    [Fact]
    public async Task An_event_larger_than_anybody_may_make_is_malformed()
    {
        var truth = await OpenAsync();
        var bytes = Poison.Oversized(new(1));
        Assert.InRange(bytes.Length, EventCodec.MaxEvent + 1, RowBatchCodec.MaxRows);
        var applied = await truth.ApplyAsync("main", [bytes], default);
        Assert.Equal((0, 1), (applied.Events, applied.Refused));
        Assert.Single(await QuarantinedAsync(truth));
    }

    /// <summary>As the clock itself, which such a time must not stop.</summary>
    [Fact]
    public async Task A_time_before_1970_can_be_read_again()
    {
        _time.Advance(TimeSpan.FromDays(-365 * 80));
        var truth = await OpenAsync();
        await ApplyAsync(truth, Poison.Invented(new(1), 1));
        await truth.DisposeAsync();
        Assert.Equal(DateTimeOffset.UnixEpoch, Assert.Single(await QuarantinedAsync(await OpenAsync())).Since);
    }

    [Fact]
    public async Task A_malformed_event_in_ones_own_name_is_the_peers_fault()
    {
        var truth = await OpenAsync();
        await Assert.ThrowsAsync<WireFormatException>(() => ApplyAsync(truth, Poison.Invented(truth.Id, 1)));
        Assert.Empty(await QuarantinedAsync(truth));
    }

    [Fact]
    public void A_note_that_holds_more_than_may_be_is_refused()
    {
        var entries = Enumerable.Range(1, Quarantine.MaxOrigins).Aggregate(Quarantine.Read(default), (all, origin) =>
            all.With(new("main", new((UInt128)origin), 3, 4, new string('é', 5000), DateTimeOffset.UnixEpoch, 5, new string('a', 64))));
        var note = entries.Note();
        Assert.Equal(entries.Origins, Quarantine.Read(note).Origins);
        Assert.Throws<WireFormatException>(() => Quarantine.Read((byte[])[.. note.Span, .. note.Span]));
        for (var length = 1; length < 80; length++) Assert.Throws<WireFormatException>(() => Quarantine.Read(note[..length]));
    }

    private async Task<ReplicaTruth> OpenAsync() =>
        _truth = await ReplicaTruth.OpenAsync("laptop", TestSchema.Instance, new GraphReplicaOptions { Time = _time }.UseMemory(_disk), default);

    private static Task<AppliedEvents> ApplyAsync(ReplicaTruth truth, params StoredEvent[] events) => truth.ApplyAsync("main", [.. events.Select(stored => stored.Bytes)], default).AsTask();

    private static async Task<IReadOnlyList<QuarantinedOrigin>> QuarantinedAsync(ReplicaTruth truth) => (await truth.ReadHealthAsync(default)).Quarantined;
}
