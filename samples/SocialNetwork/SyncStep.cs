using System.Diagnostics;
using Crdt.Samples.SocialNetwork.Reporting;
using Crdt.Sync;
using Crdt.Sync.Sessions;

namespace Crdt.Samples.SocialNetwork;

/// <summary>One session between the two replicas, and what it carried.</summary>
internal sealed class SyncStep(GraphReplica office, GraphReplica laptop, IReport report)
{
    /// <summary>Syncs, and waits until both graphs show what came.</summary>
    /// <param name="title">What the session is about.</param>
    /// <param name="events">How many transactions the laptop lacks.</param>
    /// <param name="rows">How many rows they wrote.</param>
    /// <param name="cancellationToken">Ends the session.</param>
    public async Task RunAsync(string title, long events, long rows, CancellationToken cancellationToken)
    {
        report.Begin(title);
        SyncResult? result = null;
        var time = Stopwatch.StartNew();
        await report.TrackAsync("events", events, async progress =>
        {
            result = await laptop.SyncAsync(office, new Listener(progress), cancellationToken);
            await office.ProjectedAsync(cancellationToken);
            await laptop.ProjectedAsync(cancellationToken);
        });
        report.Show(
            ["direction", "events", "frames", "bytes", "ms"],
            [Line("office to laptop", result!.Received), Line("laptop to office", result.Sent)]);
        report.Say($"{result.Mode} sync of {Format.Count(rows)} rows in {Format.Seconds(time.Elapsed)}, until Kuzu shows the last on both sides ({Format.Rate(rows, time.Elapsed)} rows/s)");
        await ShowCountsAsync(cancellationToken);
    }

    private async Task ShowCountsAsync(CancellationToken cancellationToken)
    {
        var (here, there) = (await office.CountAsync(cancellationToken), await laptop.CountAsync(cancellationToken));
        var types = office.Schema.Types.Select(type => type.Name).Where(type => here[type] + there[type] > 0);
        report.Show(["entities", "office", "laptop"], types.Select(type => (string[])[type, Format.Count(here[type]), Format.Count(there[type])]));
    }

    private static string[] Line(string direction, Traffic traffic) =>
        [direction, Format.Count(traffic.Events), Format.Count(traffic.Frames), Format.Count(traffic.Bytes), Format.Milliseconds(traffic.Time)];

    /// <summary>Unlike <see cref="Progress{T}"/>, tells at once and in order.</summary>
    private sealed class Listener(Action<long> progress) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value) => progress(value.EventsReceived);
    }
}
