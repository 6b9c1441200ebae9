using Crdt.Clocks;
using Crdt.Sync;
using Crdt.Sync.Storage;
using Crdt.Sync.Transactions;
using Crdt.Tests.Sync.Model;

namespace Crdt.Tests.Sync.Scenes;

/// <summary>A random history of replicas, some of which are closed or killed in between; the same for a seed, whether events fold or not.</summary>
/// <param name="scene">Where the replicas live.</param>
/// <param name="seed">Chooses what happens.</param>
/// <param name="folds">Whether events may fold: where they may not, each is shown to a peer at once.</param>
internal sealed class QueueHistory(Scene scene, int seed, bool folds)
{
    private const int Replicas = 3, People = 4;

    private readonly Random _random = new(seed);
    private readonly GraphReplica[] _replicas = new GraphReplica[Replicas];
    private readonly InMemoryDisk[] _disks = [.. Enumerable.Range(0, Replicas).Select(_ => new InMemoryDisk())];

    public IReadOnlyList<GraphReplica> All => _replicas;

    public async Task RunAsync(int steps)
    {
        for (var i = 0; i < Replicas; i++) _replicas[i] = await OpenAsync(i);
        while (steps-- > 0) await StepAsync();
        for (var round = 0; round < 2; round++)
        {
            foreach (var replica in _replicas.Skip(1)) await replica.SyncAsync(_replicas[0]);
        }
    }

    private async Task StepAsync()
    {
        scene.Time.Advance(TimeSpan.FromMilliseconds(_random.Next(3)));
        var index = _random.Next(Replicas);
        switch (_random.Next(40))
        {
            case 0: await RestartAsync(index); break;
            case 1: await KillAsync(index); break;
            case < 6: await _replicas[index].SyncAsync(_replicas[(index + 1 + _random.Next(Replicas - 1)) % Replicas]); break;
            default: await WriteAsync(_replicas[index]); break;
        }
    }

    private async Task WriteAsync(GraphReplica replica)
    {
        await replica.EditAsync(async tx =>
        {
            for (var left = 1 + _random.Next(2); left > 0; left--) await WriteAsync(tx);
        });
        if (!folds) await replica.ShowAsync();
    }

    private async Task WriteAsync(GraphTransaction transaction)
    {
        var (id, other, what, value) = (_random.Next(People), _random.Next(People), _random.Next(12), _random.Next(100));
        if (await transaction.GetAsync<Person>(id) is not { } person) transaction.Add<Person>(id).Stock += value;
        else if (what < 4) person.Stock += value;
        else if (what < 6) person.Age = value;
        else if (what == 6) person.Email = $"{value}@x.org";
        else if (what == 7) person.Tags.Add($"{value % 3}");
        else if (what == 8) person.Tags.Remove($"{value % 3}");
        else if (what == 9) person.Delete();
        else if (await transaction.GetAsync<Knows>(Person.IdOf(id), Person.IdOf(other)) is { } knows) knows.Delete();
        else transaction.Connect<Knows>(Person.IdOf(id), Person.IdOf(other));
    }

    private async Task RestartAsync(int index)
    {
        await scene.CloseAsync(_replicas[index]);
        _replicas[index] = await OpenAsync(index);
    }

    /// <summary>What a process that was killed leaves is its disk as it is.</summary>
    private async Task KillAsync(int index)
    {
        _disks[index] = _disks[index].Copy();
        await scene.CloseAsync(_replicas[index]);
        _replicas[index] = await OpenAsync(index);
    }

    // In memory, since files that were copied would write on under another id.
    private Task<GraphReplica> OpenAsync(int index) => scene.OpenAsync($"{index}", configure: options =>
    {
        var disk = _disks[index];
        options.Store = () => new NamedStore(new InMemoryStore(disk), new ReplicaId((UInt128)(index + 1) << 96));
    });
}
