using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Crdt.Sync.Telemetry;
using Crdt.Tests.Sync.Live;
using Crdt.Tests.Sync.Model;
using Crdt.Tests.Sync.Scenes;

namespace Crdt.Tests.Sync.Telemetry;

/// <summary>What is seen from outside, told from that of other tests by the replica's name.</summary>
public sealed class SyncTelemetryTests : IAsyncDisposable
{
    private readonly LiveScene _live = new();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, string Tags)> _seen = new();

    public SyncTelemetryTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SyncTelemetry.Name) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _live.DisposeAsync();
    }

    [Fact]
    public async Task A_session_is_counted_and_timed_by_tier()
    {
        var (office, laptop) = (await _live.OpenAsync("telemetry-office"), await _live.OpenAsync("telemetry-laptop"));
        await office.EditAsync(tx => tx.Add<Person>(1).Email = "x");
        await laptop.SyncAsync(office);
        Assert.Equal(1, Sum("crdt.sync.sessions", "telemetry-laptop", "Complete"));
        Assert.True(Sum("crdt.sync.bytes", "telemetry-laptop", "received") > 100);
        Assert.Equal(1, Sum("crdt.sync.entities", "telemetry-laptop", "received") + Sum("crdt.sync.events", "telemetry-laptop", "received"));
        Assert.Contains(_seen, one => one.Instrument == "crdt.sync.session.duration" && one.Tags.Contains("telemetry-laptop", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_passed_on_between_sessions_is_counted()
    {
        var (office, laptop) = (await _live.OpenAsync("passing-office"), await _live.OpenAsync("passing-laptop"));
        var connection = _live.Connect(office, laptop);
        await LiveScene.UntilAsync(() => Task.FromResult(connection.Sessions == 1));
        await office.EditAsync(tx => tx.Add<Person>(1).Email = "x");
        await LiveScene.EqualAsync(office, laptop);
        Assert.Equal(1, Sum("crdt.sync.events", "passing-laptop", "received"));
        Assert.True(Sum("crdt.sync.bytes", "passing-office", "Live") > 20);
        await connection.DisposeAsync();
        Assert.Equal(0, Sum("crdt.live.links", "passing-office", ""));
    }

    [Fact]
    public async Task The_queue_and_the_lag_of_each_open_replica_can_be_read_at_any_time()
    {
        var office = await _live.Scene.OpenAsync("gauge-office", kuzu: true);
        await office.ReadHealthAsync();
        await office.EditAsync(tx => tx.Add<Person>(1).Email = "x");
        await office.ProjectedAsync();
        _listener.RecordObservableInstruments();
        Assert.Equal((1, 0, 0), (Last("crdt.queue.operations"), Last("crdt.projection.lag"), Last("crdt.quarantine.origins")));
        await _live.Scene.CloseAsync(office);
        _seen.Clear();
        _listener.RecordObservableInstruments();
        Assert.DoesNotContain(_seen, one => one.Tags.Contains("gauge-office", StringComparison.Ordinal));

        double Last(string instrument) => _seen.Last(one => one.Instrument == instrument && one.Tags.Contains("gauge-office", StringComparison.Ordinal)).Value;
    }

    [Fact]
    public async Task A_session_is_an_activity()
    {
        var activities = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SyncTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var (office, laptop) = (await _live.OpenAsync("activity-office"), await _live.OpenAsync("activity-laptop"));
        await laptop.SyncAsync(office);
        var activity = Assert.Single(activities, activity => (string?)activity.GetTagItem("crdt.replica") == "activity-laptop");
        Assert.Equal(("crdt.session", ActivityStatusCode.Ok), (activity.OperationName, activity.Status));
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _seen.Enqueue((instrument.Name, value, string.Join(' ', tags.ToArray().Select(tag => tag.Value))));

    private double Sum(string instrument, string replica, string tag) =>
        _seen.Where(one => one.Instrument == instrument && one.Tags.Contains(replica, StringComparison.Ordinal) && one.Tags.Contains(tag, StringComparison.Ordinal)).Sum(one => one.Value);
}
