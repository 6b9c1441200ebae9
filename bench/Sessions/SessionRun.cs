using System.Diagnostics;
using System.Globalization;
using Crdt.Bench.EndToEnd;
using Crdt.Sync;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transactions;
using Crdt.Sync.Transport;

namespace Crdt.Bench.Sessions;

/// <summary>What sessions cost: finding out that there is nothing to do, finding a few differences among many entities, and carrying a thousand.</summary>
internal static class SessionRun
{
    private const int WarmUps = 60, Runs = 101, FillBatch = 5_000;

    /// <summary>Prints one line for each case: the way that was chosen, the time until both sides are durable, bytes both ways, comparisons.</summary>
    /// <param name="output">Where to print.</param>
    /// <param name="events">How many events the equal replicas have behind them.</param>
    /// <param name="people">How many entities the large replicas have.</param>
    public static async Task PrintAsync(TextWriter output, int events, int people)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"",-52}{"way",-13}{"ms",9}{"bytes",12}{"frames",8}{"entities",10}{"compared",10}   medians of {Runs} runs after {WarmUps}"));
        await PrintEqualAsync(output, events);
        foreach (var size in new[] { 10_000, people })
        {
            await using var pair = await ReplicaPair.OpenAsync(size, hasGraphDatabase: false);
            foreach (var differing in new[] { 10, 1_000 })
            {
                await PrintAsync(output, $"{differing:N0} of {size:N0} changed, by states", pair, (graph, run) => pair.ChangeAsync(graph, differing, run), isCut: true);
                await PrintAsync(output, $"{differing:N0} of {size:N0} changed, by events", pair, (graph, run) => pair.ChangeAsync(graph, differing, run), isCut: false);
                // Last, since it leaves so many more behind with each run.
                await PrintAsync(output, $"{differing:N0} more than {size:N0}, by states", pair, (graph, run) => pair.AddAsync(graph, differing), isCut: true);
            }
        }

        await using var shown = await ReplicaPair.OpenAsync(10_000, hasGraphDatabase: true);
        await PrintAsync(output, "1,000 of 10,000 changed, by states, with Kuzu", shown, (graph, run) => shown.ChangeAsync(graph, 1_000, run), isCut: true);
        await PrintAsync(output, "1,000 of 10,000 changed, by events, with Kuzu", shown, (graph, run) => shown.ChangeAsync(graph, 1_000, run), isCut: false);
    }

    private static async Task PrintEqualAsync(TextWriter output, int events)
    {
        await using var pair = await ReplicaPair.OpenAsync(1_000, hasGraphDatabase: false);
        for (var i = 0; i < events; i++) await pair.ChangeAsync(pair.Left, 1, i);
        await pair.Right.SyncAsync(pair.Left);
        await PrintAsync(output, string.Create(CultureInfo.InvariantCulture, $"equal, with {events:N0} events behind them"), pair, (_, _) => Task.CompletedTask, isCut: false, runs: 1_000);
    }

    private static async Task PrintAsync(TextWriter output, string name, ReplicaPair pair, Func<GraphReplica, int, Task> write, bool isCut, int runs = Runs)
    {
        var results = new List<(TimeSpan Time, SyncResult Mine, SyncResult Theirs)>();
        for (var run = 0; run < WarmUps + runs; run++)
        {
            await write(pair.Left, run);
            if (isCut) await pair.Left.CutLogAsync(keep: 0);
            var (here, there) = InMemoryTransport.CreatePair();
            var start = Stopwatch.GetTimestamp();
            var serving = pair.Left.SyncAsync(here);
            var taking = pair.Right.SyncAsync(there);
            var result = (await taking, await serving);
            await pair.Right.ProjectedAsync();
            if (run >= WarmUps) results.Add((Stopwatch.GetElapsedTime(start), result.Item1, result.Item2)); // The first ones compile.
        }

        var compared = results.Select(result => result.Mine.Lanes.Values.Concat(result.Theirs.Lanes.Values).Sum(lane => lane.Comparisons));
        var (mine, bytes) = (results[0].Mine, results.Select(result => result.Mine.Sent.Bytes + result.Mine.Received.Bytes));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-52}{mine.Mode,-13}{Median(results.Select(result => result.Time.TotalMilliseconds)),9:N3}{Median(bytes.Select(value => (double)value)),12:N0}{mine.Sent.Frames + mine.Received.Frames,8}{mine.Received.Entities + mine.Sent.Entities,10:N0}{Median(compared.Select(value => (double)value)),10:N0}"));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>Two replicas that hold the same people.</summary>
    private sealed class ReplicaPair(TimedReplica left, TimedReplica right, int people) : IAsyncDisposable
    {
        private int _people = people;

        public GraphReplica Left => left.Graph;

        public GraphReplica Right => right.Graph;

        public static async Task<ReplicaPair> OpenAsync(int people, bool hasGraphDatabase)
        {
            var pair = new ReplicaPair(await TimedReplica.OpenAsync("left", hasGraphDatabase), await TimedReplica.OpenAsync("right", hasGraphDatabase), people: 0);
            for (var added = 0; added < people; added += FillBatch) await pair.AddAsync(pair.Left, Math.Min(FillBatch, people - added));
            await pair.Right.SyncAsync(pair.Left);
            return pair;
        }

        public Task AddAsync(GraphReplica graph, int count) => CommitAsync(graph, transaction =>
        {
            foreach (var number in Enumerable.Range(_people, count))
            {
                var person = transaction.Add<Person>(number);
                (person.Name, person.Email, person.Age, person.Stock) = ($"Person {number}", $"person{number}@example.org", number % 90, number % 1000);
            }

            _people += count;
            return Task.CompletedTask;
        });

        public Task ChangeAsync(GraphReplica graph, int count, int run) => CommitAsync(graph, async transaction =>
        {
            var random = new Random(run);
            int[] numbers = [.. Enumerable.Range(0, _people)];
            random.Shuffle(numbers);
            foreach (var number in numbers.Take(count)) (await transaction.GetAsync<Person>(number))!.Age = 100 + run;
        });

        public async ValueTask DisposeAsync()
        {
            await left.DisposeAsync();
            await right.DisposeAsync();
        }

        private static async Task CommitAsync(GraphReplica graph, Func<GraphTransaction, Task> write)
        {
            await using var transaction = await graph.BeginAsync();
            await write(transaction);
            await transaction.CommitAsync();
        }
    }
}
