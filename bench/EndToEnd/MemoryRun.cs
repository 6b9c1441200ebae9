using System.Globalization;
using Crdt.Sync;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transactions;
using Crdt.Sync.Transport;

namespace Crdt.Bench.EndToEnd;

/// <summary>
/// What one replica adds to the managed heap: with 10,000 nodes, 50,000 relationships and a full offline queue, SQLite and Kuzu included as far as they
/// are managed, and while it sends all of that to an empty replica.
/// </summary>
internal static class MemoryRun
{
    private const int People = 10_000, Friends = 5, Queue = 10_000, Batch = 1_000;
    private const double Megabyte = 1024 * 1024;

    /// <summary>Prints the growth after each step: what is in use, and the most that was seen before a collection.</summary>
    public static async Task PrintAsync(TextWriter output)
    {
        await WarmUpAsync();
        var heap = new Heap(output);
        await using var replica = await TimedReplica.OpenAsync("phone", hasGraphDatabase: true);
        heap.Print("open, empty");
        await FillAsync(replica.Graph, People, heap);
        await replica.Graph.ProjectedAsync();
        heap.Print("10,000 nodes, 50,000 relationships");
        await HandOverAsync(replica.Graph, heap);
        heap.Print("handed over to a peer, which is closed");
        for (var number = 0; number < Queue; number++) await EditAsync(replica.Graph, number, heap);
        await replica.Graph.ProjectedAsync();
        var queued = await replica.Graph.OfflineQueue.MeasureAsync();
        heap.Print(string.Create(CultureInfo.InvariantCulture, $"{queued.Operations:N0} operations in the queue"));
        await replica.Graph.CutLogAsync(keep: 0);
        await HandOverAsync(replica.Graph, heap);
        heap.Print("handed over as states; the bar is 32");
    }

    private static async Task WarmUpAsync()
    {
        await using var replica = await TimedReplica.OpenAsync("warm", hasGraphDatabase: true);
        await FillAsync(replica.Graph, Batch, heap: null);
        await HandOverAsync(replica.Graph, heap: null);
        await EditAsync(replica.Graph, 0, heap: null);
    }

    private static async Task FillAsync(GraphReplica graph, int people, Heap? heap)
    {
        for (var first = 0; first < people; first += Batch)
        {
            await CommitAsync(graph, heap, transaction =>
            {
                foreach (var number in Enumerable.Range(first, Batch))
                {
                    var person = transaction.Add<Person>(number);
                    (person.Name, person.Email, person.Age, person.Stock) = ($"Person {number}", $"person{number}@example.org", number % 90, number % 1000);
                    for (var friend = 1; friend <= Friends; friend++) transaction.Connect<Knows>(Person.IdOf(number), Person.IdOf((number + (friend * 37)) % people)).Since = new(2020, 1, friend);
                }
            });
        }
    }

    private static async Task HandOverAsync(GraphReplica graph, Heap? heap)
    {
        await using var peer = await TimedReplica.OpenAsync("peer", hasGraphDatabase: false);
        var (here, there) = InMemoryTransport.CreatePair();
        await Task.WhenAll(graph.SyncAsync(here, new Watch(heap)), peer.Graph.SyncAsync(there));
    }

    private static async Task EditAsync(GraphReplica graph, long number, Heap? heap)
    {
        await using var transaction = await graph.BeginAsync();
        (await transaction.GetAsync<Person>(number))!.Age = 100;
        await transaction.CommitAsync();
        heap?.Look();
    }

    private static async Task CommitAsync(GraphReplica graph, Heap? heap, Action<GraphTransaction> write)
    {
        await using var transaction = await graph.BeginAsync();
        write(transaction);
        await transaction.CommitAsync();
        heap?.Look();
    }

    private sealed class Watch(Heap? heap) : IProgress<SyncProgress>
    {
        public void Report(SyncProgress value) => heap?.Look();
    }

    /// <summary>The managed heap, against what it was at first.</summary>
    private sealed class Heap
    {
        private readonly TextWriter _output;
        private readonly long _start = GC.GetTotalMemory(forceFullCollection: true);
        private long _most;

        public Heap(TextWriter output)
        {
            _output = output;
            _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"MB of managed heap, above what was in use at first",-56}{"in use",10}{"at most",10}"));
        }

        public void Look() => _most = Math.Max(_most, GC.GetTotalMemory(forceFullCollection: false));

        public void Print(string step)
        {
            Look();
            var use = GC.GetTotalMemory(forceFullCollection: true) - _start;
            _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step,-56}{use / Megabyte,10:N1}{(_most - _start) / Megabyte,10:N1}"));
            _most = 0;
        }
    }
}
