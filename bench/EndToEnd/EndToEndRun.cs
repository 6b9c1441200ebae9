using System.Diagnostics;
using System.Globalization;
using Crdt.Sync.Transactions;

namespace Crdt.Bench.EndToEnd;

/// <summary>
/// A thousand changes travel from one replica to another: from the sender's commit until the receiver has them durably and shows them in Kuzu,
/// on a graph of 100,000 nodes.
/// </summary>
internal static class EndToEndRun
{
    private const int People = 100_000, Rows = 1_000, Runs = 9, FillBatch = 5_000;

    private static readonly string[] Parts = ["in all", "sender's store", "receiver's store", "receiver's Kuzu", "codec, join, session"];

    public static async Task PrintAsync(TextWriter output)
    {
        await using var sender = await TimedReplica.OpenAsync("sender", hasGraphDatabase: false);
        await using var receiver = await TimedReplica.OpenAsync("receiver", hasGraphDatabase: true);
        for (var first = 0; first < People; first += FillBatch) await CommitAsync(sender, transaction => Create(transaction, first, FillBatch));
        await receiver.Graph.SyncAsync(sender.Graph);
        await receiver.Graph.ProjectedAsync();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ms for {Rows:N0} changes, from the sender's commit to the receiver's Kuzu, {People:N0} nodes; medians of {Runs} runs"));
        output.WriteLine($"{"",-24}{string.Concat(Parts.Select(part => $"{part,22}"))}");
        await PrintAsync(output, "new nodes", sender, receiver, (transaction, run) => Create(transaction, People + (run * Rows), Rows));
        await PrintAsync(output, "changed nodes", sender, receiver, ChangeAsync);
        await PrintAsync(output, "new relationships", sender, receiver, ConnectAsync);
    }

    private static async Task PrintAsync(TextWriter output, string name, TimedReplica sender, TimedReplica receiver, Func<GraphTransaction, int, Task> write)
    {
        var times = Parts.Select(_ => new List<double>()).ToArray();
        for (var run = 0; run <= Runs; run++)
        {
            var time = await TimeAsync(sender, receiver, transaction => write(transaction, run));
            if (run == 0) continue; // The first compiles.
            for (var i = 0; i < time.Length; i++) times[i].Add(time[i].TotalMilliseconds);
        }

        output.WriteLine($"{name,-24}{string.Concat(times.Select(part => string.Create(CultureInfo.InvariantCulture, $"{Median(part),22:N1}")))}");
    }

    private static async Task<TimeSpan[]> TimeAsync(TimedReplica sender, TimedReplica receiver, Func<GraphTransaction, Task> write)
    {
        await using var transaction = await sender.Graph.BeginAsync();
        await write(transaction);
        sender.Shares.Reset();
        receiver.Shares.Reset();
        var start = Stopwatch.GetTimestamp();
        await transaction.CommitAsync();
        await receiver.Graph.SyncAsync(sender.Graph);
        await receiver.Graph.ProjectedAsync();
        var all = Stopwatch.GetElapsedTime(start);
        var (first, second, kuzu) = (sender.Shares.Read + sender.Shares.Commit, receiver.Shares.Read + receiver.Shares.Commit, receiver.Shares.Project);
        return [all, first, second, kuzu, all - first - second - kuzu];
    }

    private static Task Create(GraphTransaction transaction, int first, int count)
    {
        foreach (var number in Enumerable.Range(first, count))
        {
            var person = transaction.Add<Person>(number);
            (person.Name, person.Email, person.Age, person.Stock) = ($"Person {number}", $"person{number}@example.org", number % 90, number % 1000);
        }

        return Task.CompletedTask;
    }

    private static async Task ChangeAsync(GraphTransaction transaction, int run)
    {
        foreach (var number in Some(run)) (await transaction.GetAsync<Person>(number))!.Age = 100 + run;
    }

    private static Task ConnectAsync(GraphTransaction transaction, int run)
    {
        foreach (var number in Some(run)) transaction.Connect<Knows>(Person.IdOf(number), Person.IdOf((number + 1 + run) % People)).Since = new(2026, 1, 1);
        return Task.CompletedTask;
    }

    private static IEnumerable<int> Some(int run)
    {
        var numbers = Enumerable.Range(0, People).ToArray();
        new Random(run).Shuffle(numbers);
        return numbers.Take(Rows);
    }

    private static async Task CommitAsync(TimedReplica replica, Func<GraphTransaction, Task> write)
    {
        await using var transaction = await replica.Graph.BeginAsync();
        await write(transaction);
        await transaction.CommitAsync();
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
