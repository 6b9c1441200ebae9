using Crdt.Entities;
using Crdt.Schema;
using Crdt.Sync;
using Crdt.Sync.Transactions;
using Crdt.Tests.Sync.Model;
using static Crdt.Tests.Sync.Scenes.Staffing;

namespace Crdt.Tests.Sync.Scenes;

/// <summary>A random history of replicas of <see cref="StaffSchema"/>: few people, so that what is connected competes.</summary>
/// <param name="replicas">The replicas, all open.</param>
/// <param name="time">Their clock.</param>
/// <param name="seed">Chooses what happens.</param>
public sealed class StaffHistory(IReadOnlyList<GraphReplica> replicas, MovableTime time, int seed)
{
    private const int People = 5, Rooms = 2;

    private readonly Random _random = new(seed);

    /// <summary>Whether somebody looks at the graph database now and then.</summary>
    public bool Looks { get; init; } = true;

    /// <summary>Everything that can exist, whether it does or not.</summary>
    public static IEnumerable<EntityId> AllTies(EntityType type) =>
        from source in Enumerable.Range(0, People)
        from target in Enumerable.Range(0, People)
        from room in Enumerable.Range(0, type.Key is null ? 1 : Rooms)
        select Tie(type.Name, source, target, room);

    /// <summary>Somebody does something: mostly writes, sometimes a session, seldom a look at the graph database.</summary>
    public async Task StepAsync()
    {
        if (_random.Next(3) > 0) time.Advance(TimeSpan.FromMilliseconds(_random.Next(5)));
        var replica = replicas[_random.Next(replicas.Count)];
        switch (_random.Next(20))
        {
            case < 13: await WriteAsync(replica); break;
            case < 17: await replica.SyncAsync(replicas.Where(other => other != replica).ElementAt(_random.Next(replicas.Count - 1))); break;
            default: await (Looks ? replica.ProjectedAsync() : ValueTask.CompletedTask); break;
        }
    }

    public async Task MeetAsync()
    {
        for (var round = 0; round < 2; round++)
        {
            foreach (var replica in replicas.Skip(1)) await replica.SyncAsync(replicas[0]);
        }
    }

    private Task WriteAsync(GraphReplica replica) => replica.EditAsync(async tx =>
    {
        for (var left = 1 + _random.Next(3); left > 0; left--) await WriteAsync(tx);
    });

    private async Task WriteAsync(GraphTransaction transaction)
    {
        var type = StaffSchema.Relationships[_random.Next(StaffSchema.Relationships.Count)];
        var (source, target, room) = (_random.Next(People), _random.Next(People), _random.Next(Rooms));
        var tie = await transaction.GetEntityAsync(Tie(type.Name, source, target, room));
        switch (_random.Next(10))
        {
            case 0 when await transaction.GetNodeAsync("Staff", source) is { } person: person.State.Delete(); break;
            case < 3 when await transaction.GetNodeAsync("Staff", source) is null: transaction.AddNode("Staff", source); break;
            case 3: tie?.State.Delete(); break;
            case 4: _ = tie?["Note"] = $"{_random.Next(100)}"; break;
            default:
                if (tie is null) transaction.Tie(type.Name, source, target, $"{_random.Next(100)}", room);
                break;
        }
    }
}
