using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync.Storage;
using static Crdt.Tests.Sqlite.TestGraph;

namespace Crdt.Tests.Sqlite;

/// <summary>The store in memory and one on a disk are told the same, and have to say the same: results, and the kinds of errors.</summary>
/// <param name="makeStore">Makes the one on a disk, each time on the same.</param>
internal sealed class StoreAgreement(Func<IReplicaStore> makeStore) : IAsyncDisposable
{
    private static readonly ReplicaId[] Origins = [Phone, Laptop, Tablet];
    private static readonly string[] Lanes = ["main", "money", "late", "unheard of"];
    private readonly InMemoryDisk _disk = new();
    private readonly Dictionary<(string Lane, ReplicaId Origin), ulong> _dots = [];
    private readonly Dictionary<string, VersionVector> _vectors = new(StringComparer.Ordinal);
    private IReplicaStore _file = null!, _memory = null!;
    private Random _random = new(0);
    private Exception? _lastError;
    private long _revision;

    public async ValueTask DisposeAsync()
    {
        await _file.DisposeAsync();
        await _memory.DisposeAsync();
    }

    /// <summary>Lets both live through something, which follows from the seed.</summary>
    /// <exception cref="DisagreementException">They say different things.</exception>
    public async Task RunAsync(int seed, int steps)
    {
        _random = new(seed);
        await OpenAsync();
        for (var step = 0; step < steps; step++)
        {
            await StepAsync();
            if (_random.Next(4) == 0) await CompareAsync();
        }

        await ReopenAsync();
        await CompareAsync();
    }

    private Task StepAsync() => _random.Next(12) switch
    {
        0 => ReopenAsync(),
        1 => WriteBatchAsync(),
        2 => AgreeAsync(async store => $"{await store.CutLogAsync(Lanes[_random.Next(4)], _random.Next(30))}"),
        3 => AgreeAsync(store => DoneAsync(store.ForgetChangesAsync(_revision + _random.Next(3) - 2))),
        4 => AgreeAsync(store => DoneAsync(store.WriteNoteAsync($"n{_random.Next(4)}", Bytes(_random, _random.Next(3))))),
        5 => AgreeAsync(store => DoneAsync(store.StageAsync($"s{_random.Next(3)}", [.. Ids(_random, 5, 0).Select(id => new StoredEntity(id, Bytes(_random, 9)))]))),
        6 => AgreeAsync(store => DoneAsync(store.DropStageAsync($"s{_random.Next(3)}"))),
        7 => FailAsync(),
        _ => CommitAsync(),
    };

    private async Task CommitAsync()
    {
        var commit = NextCommit(_random);
        await AgreeAsync(store => RowsAsync(store, store.CommitAsync(commit)));
        _revision++;
    }

    private async Task WriteBatchAsync()
    {
        var parts = Enumerable.Range(0, 3).Select(part => Writes(_random, part)).ToArray();
        var (commits, commit) = (_random.Next(3) > 0, NextCommit(_random, changes: false));
        await AgreeAsync(async store =>
        {
            await using var batch = await store.BeginBatchAsync(_revision + 1);
            var said = new List<string>();
            foreach (var part in parts) said.Add(await RowsAsync(store, batch.WriteAsync(part)));
            said.Add(await SayAsync(store, async _ => $"{await store.BeginBatchAsync(_revision + 1)}"));
            said.Add(await SayAsync(store, async _ => $"{(await store.CommitAsync(commit)).Count}"));
            said.Add(Show(await store.ScanAsync(default, 100)));
            if (commits) await batch.CommitAsync(commit);
            said.Add(commits ? await SayAsync(store, async _ => $"{(await batch.WriteAsync(parts[0])).Count}") : "");
            return string.Join('\n', said);
        });
        if (commits) _revision++;
    }

    // Each is refused, and nothing of it may stay behind.
    private Task FailAsync()
    {
        var (good, node) = (NextCommit(new(1), advance: false), Put(Node(1), "twice"));
        var wrong = _random.Next(7) switch
        {
            0 => good with { Revision = _revision + 2 },
            1 => good with { Revision = _revision },
            2 => good with { Entities = [.. good.Entities.Where(write => write.Id != node.Id), node, node] },
            3 => good with { Entities = [.. good.Entities, Put(default, "nobody")] },
            4 => good with { Events = [.. good.Events, Event(Phone, 9, 8)] },
            5 => good with { Floors = new Dictionary<string, VersionVector> { ["nowhere"] = new() } },
            _ => good with { Replaced = [new("nowhere", Phone, 1)] },
        };
        return AgreeAsync(store => RowsAsync(store, store.CommitAsync(wrong)));
    }

    private async Task CompareAsync()
    {
        var seed = _random.Next();
        await AgreeAsync(async store =>
        {
            var random = new Random(seed);
            var said = new List<string>();
            for (var last = default(EntityId); await store.ScanAsync(last, random.Next(1, 30)) is { Count: > 0 } page; last = page[^1].Id) said.Add(Show(page));
            said.Add(Show(await store.ScanConflictsAsync().ToListAsync()));
            said.AddRange((await store.CountAsync()).OrderBy(pair => pair.Key).Select(pair => $"{pair.Key}: {pair.Value}"));
            EntityId[] nodes = [Node(random.Next(9)), Node(random.Next(9)), Node(99)];
            said.AddRange((await store.ReadIncidentAsync(nodes)).Order().Select(id => $"{id}"));
            said.AddRange((await store.ReadOutgoingAsync(nodes, Knows.Id)).Order().Select(id => $"{id}"));
            said.AddRange((await store.ReadAsync(nodes)).Select(state => state.AsText()));
            said.Add(Show(await store.ReadChangesAsync(_revision - random.Next(20), 60)));
            foreach (var lane in Lanes) await ReadLogAsync(store, lane, random, said);
            foreach (var stage in (await store.ReadStagesAsync()).Order()) said.Add(stage + Show(await store.ReadStagedAsync(stage, Node(random.Next(9)), random.Next(1, 9))));
            for (var note = 0; note < 4; note++) said.Add(Convert.ToHexString((await store.ReadNoteAsync($"n{note}")).Span));
            said.Add(await SayAsync(store, async _ => Show(await store.ScanAsync(default, -1))));
            said.Add(await SayAsync(store, async _ => (await store.ReadLogAsync("main", new(), -1, 1)).ToString()));
            return string.Join('\n', said);
        });
    }

    private async Task ReadLogAsync(IReplicaStore store, string lane, Random random, List<string> said)
    {
        var after = new VersionVector();
        foreach (var origin in Origins) after.Advance(origin, random.Next(3) switch { 0 => 0, 1 => ulong.MaxValue, _ => (ulong)random.NextInt64((long)_dots.GetValueOrDefault((lane, origin)) + 2) });
        LogSlice slice;
        var position = 0L;
        do
        {
            slice = await store.ReadLogAsync(lane, after, position, random.Next(1, 100));
            said.Add($"{lane} {slice.IsLast} {string.Join(' ', slice.Events.Select(e => $"{e.Origin}:{e.First}-{e.Last} {Convert.ToHexString(e.Bytes.Span)}"))}");
            position = slice.Position;
        }
        while (!slice.IsLast);
    }

    private async Task OpenAsync()
    {
        (_file, _memory) = (makeStore(), new InMemoryStore(_disk));
        var place = new EntityType("Place", "Place", "main", new("Id", ValueKind.Text, "Id"), null, null);
        var offer = _random.Next(4) switch { 0 when _revision > 0 => new("other", Laptop, null), 1 => Offer(Shop(2, place)), _ => Offer() };
        await AgreeAsync(async store => Show(await store.OpenAsync(offer)));
        await AgreeAsync(async store => Show(await store.OpenAsync(offer)));
    }

    private async Task ReopenAsync()
    {
        await _file.DisposeAsync();
        await _memory.DisposeAsync();
        await AgreeAsync(async store => $"{(await store.CountAsync()).Count}");
        (_file, _memory) = (makeStore(), new InMemoryStore(_disk));
        await AgreeAsync(async store => Show(await store.OpenAsync(Offer(new("library", 1, Person)))));
        await AgreeAsync(async store => $"{(await store.CountAsync()).Count}");
        await OpenAsync();
    }

    private StoreCommit NextCommit(Random random, bool changes = true, bool advance = true)
    {
        var vectors = new Dictionary<string, VersionVector>(StringComparer.Ordinal);
        var events = new List<StoredEvent>();
        foreach (var lane in Lanes.Take(3).Where(_ => random.Next(2) == 0))
        {
            var vector = vectors[lane] = _vectors.GetValueOrDefault(lane)?.Clone() ?? new();
            for (var i = random.Next(4); i > 0; i--)
            {
                var origin = Origins[random.Next(3)];
                var (first, size) = (vector[origin] + 1, random.Next(1, 40));
                vector.Advance(origin, first + (ulong)random.Next(3));
                events.Add(Event(origin, first, vector[origin], size, lane));
                if (advance) _dots[(lane, origin)] = vector[origin];
            }

            if (advance) _vectors[lane] = vector.Clone();
        }

        return new(_revision + 1, new((ulong)random.NextInt64()), vectors, events, changes ? Writes(random, 0) : [])
        {
            Floors = vectors.Where(_ => random.Next(5) == 0).ToDictionary(),
            Replaced = [.. vectors.Keys.Where(_ => random.Next(8) == 0).Select(lane => new EventSpan(lane, Origins[random.Next(3)], (ulong)random.Next(1, 9)))],
            Notes = new Dictionary<string, ReadOnlyMemory<byte>> { [$"n{random.Next(4)}"] = new byte[random.Next(3)] },
            Incarnation = random.Next(8) == 0 ? new(new((ulong)random.NextInt64()), DateTimeOffset.UnixEpoch.AddDays(1), IncarnationReason.ClockAhead, _revision) : null,
        };
    }

    private static EntityWrite[] Writes(Random random, int part) =>
        [.. Ids(random, random.Next(9), part).Select(id => random.Next(3) == 0 ? Drop(id) : Put(id, $"state {random.Next()}", random.Next(2) == 0, random.Next(4) > 0, random.Next(3) == 0))];

    // An entity is written once in a batch, so its parts share none.
    private static EntityId[] Ids(Random random, int count, int part) => [.. Enumerable.Range(0, count).Select(_ => Id(random, random.Next(3) + 3 * part)).Distinct()];

    private static EntityId Id(Random random, int number) => random.Next(3) switch
    {
        0 => Node(number),
        1 => Edge(number, random.Next(9)),
        _ => Payment(number, random.Next(9), random.Next(2)),
    };

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static async Task<string> DoneAsync(ValueTask work)
    {
        await work;
        return "done";
    }

    // Which row an entity gets is the store's own affair; that it leads to the entity is not.
    private static async Task<string> RowsAsync(IReplicaStore store, ValueTask<IReadOnlyList<long>> rows)
    {
        var given = await rows;
        var found = await store.ReadRowsAsync([.. given, 12_345]);
        // A row is told of an entity that is gone as well, and leads nowhere.
        DisagreementException.Require(string.Join(' ', [.. given.Zip(found, (row, entity) => entity.Id == default ? 0 : row), 0L]), string.Join(' ', found.Select(entity => entity.Row)));
        return Show(found);
    }

    private static string Show(IEnumerable<StoredEntity> entities) => string.Join(' ', entities.Select(entity => $"{entity.Id}={entity.State.AsText()}"));

    private static string Show(ChangeSet? changes) =>
        changes is null ? "unknown" : $"{changes.Revision} {string.Join(' ', changes.Entities.Select(change => $"{change.Id} {change.WasAlive} {change.State.AsText()}"))}";

    private static string Show(StoreState state) =>
        $"{state.Replica} {state.Name} {state.Clock} {state.Revision} {state.Schema} {Show(state.Vectors)} {Show(state.Floors)} " +
        string.Join(' ', state.Incarnations.Select(incarnation => (incarnation.Replica, incarnation.Reason, incarnation.Revision)));

    private static string Show(IReadOnlyDictionary<string, VersionVector> vectors) =>
        string.Join(' ', vectors.OrderBy(vector => vector.Key, StringComparer.Ordinal).Select(vector => $"{vector.Key} {vector.Value}"));

    private async Task AgreeAsync(Func<IReplicaStore, Task<string>> ask)
    {
        var (before, seed) = (_random, _random.Next());
        _random = new(seed);
        var file = await SayAsync(_file, ask);
        _random = new(seed);
        var memory = await SayAsync(_memory, ask);
        _random = before;
        DisagreementException.Require(memory, file, _lastError);
    }

    private async Task<string> SayAsync(IReplicaStore store, Func<IReplicaStore, Task<string>> ask)
    {
        try
        {
            return await ask(store);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or StoreException)
        {
            _lastError = error;
            return error.GetType().Name;
        }
    }
}
