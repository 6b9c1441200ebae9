using Crdt.Bench.Workloads;
using Crdt.Entities;
using Crdt.Kuzu;
using Crdt.Projection;
using Crdt.Schema;

namespace Crdt.Bench.Graph;

/// <summary>A graph database with many people in it, and batches for it.</summary>
internal sealed class ProjectedCrowd : IAsyncDisposable
{
    private const int FillBatch = 50_000;
    private static readonly GraphSchema Schema = new("bench", 1, Person.EntityType, Knows.EntityType);

    private readonly string _folder = Directory.CreateTempSubdirectory("crdt-bench-").FullName;
    private readonly ReadOnlyMemory<byte>[] _people;
    private readonly ReadOnlyMemory<byte> _knows;
    private readonly IGraphProjection _projection;
    private long _watermark;

    private ProjectedCrowd()
    {
        var replica = new Replica("bench");
        _people = [.. Enumerable.Range(0, 100).Select(number => (ReadOnlyMemory<byte>)Workloads.People.StateOf(Workloads.People.Make(replica, number).Encode()).ToArray())];
        var (ann, bob) = (Workloads.People.Make(replica, 1), Workloads.People.Make(replica, 2));
        _knows = Workloads.People.StateOf(new Knows(replica, ann, bob) { Since = new(2026, 1, 1) }.Encode()).ToArray();
        _projection = new GraphReplicaOptions { Folder = _folder }.UseKuzu().Projection!();
    }

    public static async Task<ProjectedCrowd> OpenAsync(int people)
    {
        var crowd = new ProjectedCrowd();
        await crowd._projection.OpenAsync(Schema);
        for (var first = 0; first < people; first += FillBatch) await crowd.CreateAsync(Enumerable.Range(first, Math.Min(FillBatch, people - first)));
        return crowd;
    }

    public Task CreateAsync(IEnumerable<int> people) => ApplyAsync(created: Rows(people, shift: 0));

    public Task UpdateAsync(IEnumerable<int> people) => ApplyAsync(updated: Rows(people, shift: 1));

    public Task DeleteAsync(IEnumerable<int> people) => ApplyAsync(deleted: [.. people.Select(number => Person.IdOf(number))]);

    public Task ConnectAsync(IEnumerable<(int From, int To)> pairs) => ApplyAsync(connected: Rows(pairs));

    public Task UpdateAsync(IEnumerable<(int From, int To)> pairs) => ApplyAsync(changed: Rows(pairs));

    public Task DisconnectAsync(IEnumerable<(int From, int To)> pairs) => ApplyAsync(disconnected: [.. pairs.Select(IdOf)]);

    public async ValueTask DisposeAsync()
    {
        await _projection.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ApplyAsync(
        EntityId[]? disconnected = null, EntityId[]? deleted = null, ProjectedEntity[]? created = null, ProjectedEntity[]? updated = null, ProjectedEntity[]? connected = null, ProjectedEntity[]? changed = null) =>
        await _projection.ApplyAsync(new(++_watermark, disconnected ?? [], deleted ?? [], created ?? [], updated ?? [], connected ?? [], changed ?? []));

    private ProjectedEntity[] Rows(IEnumerable<int> people, int shift) =>
        [.. people.Select(number => new ProjectedEntity(Person.IdOf(number), _people[(number + shift) % _people.Length]))];

    private ProjectedEntity[] Rows(IEnumerable<(int From, int To)> pairs) => [.. pairs.Select(pair => new ProjectedEntity(IdOf(pair), _knows))];

    private static EntityId IdOf((int From, int To) pair) => EntityId.Relationship(Knows.EntityType, Person.IdOf(pair.From), Person.IdOf(pair.To));
}
