using Crdt.Bench.Workloads;
using Crdt.Codec;
using Crdt.Entities;

namespace Crdt.Bench.Types;

/// <summary>Two copies of one entity with a field of one type that were edited apart, and what a benchmark does with them.</summary>
internal sealed class TypeCase
{
    private static readonly Dictionary<string, Func<TypeCase>> Known = new()
    {
        ["register"] = () => New((e, i) => e.Text = $"text {i}"),
        ["multi-value register"] = () => New((e, i) => e.Phones.Set($"+{i}")),
        ["max register"] = () => New((e, i) => e.Best = i),
        ["counter"] = () => New((e, i) => e.Stock += i % 10),
        ["bounded counter"] = () => New((e, i) => e.Seats += i % 3 == 0 && i > 0 ? -4 : 5),
        ["grow-only counter"] = () => New((e, i) => e.Views += 1),
        ["flag"] = () => New((e, i) => e.Active = i % 2 == 0),
        ["set of 100"] = () => New((e, i) => e.Tags.Add($"tag {i % 100}")),
        ["map of 100"] = () => New((e, i) => e.Labels[$"key {i % 100}"] = $"label {i}"),
        ["counter map of 100"] = () => New((e, i) => e.Votes[$"key {i % 100}"] += 1),
        ["list of 100"] = () => New(Append),
    };

    private readonly Action<IEntity, int> _write;
    private readonly Func<Author?, EntityState> _make;
    private readonly IEntity _entity;
    private readonly byte[] _encoded;
    private readonly byte[] _stateMine;
    private readonly byte[] _stateTheirs;
    private int _next = 1_000;

    private TypeCase(Func<Replica, IEntity> create, Func<Author?, EntityState> make, Action<IEntity, int> write, Func<EntityState, Replica, IEntity> copy)
    {
        (_write, _make) = (write, make);
        _entity = create(new("phone"));
        for (var i = 0; i < 100; i++) write(_entity, i);
        var other = copy(_entity.State, new("laptop"));
        write(_entity, 100);
        write(other, 101);
        (Mine, Theirs, _encoded) = (_entity.State, other.State, _entity.State.Encode());
        (_stateMine, _stateTheirs) = (People.StateOf(_encoded).ToArray(), People.StateOf(Theirs.Encode()).ToArray());
        Mine.TakeDelta();
    }

    public static IEnumerable<string> Names => Known.Keys;

    public EntityState Mine { get; }

    public EntityState Theirs { get; }

    public static TypeCase Of(string name) => Known[name]();

    public void Mutate() => _write(_entity, _next++);

    public EntityState Decode()
    {
        var state = _make(null);
        state.Decode(_encoded);
        return state;
    }

    public void ShipDelta()
    {
        Mutate();
        var delta = _make(null);
        delta.Decode(Mine.TakeDelta());
        Theirs.Join(delta);
    }

    public byte[] JoinEncoded() => EncodedEntity.Join(_stateMine, _stateTheirs);

    private static TypeCase New(Action<Everything, int> write)
    {
        var id = Everything.IdOf(1);
        return new(
            replica => new Everything(replica, 1),
            author => Create<Everything>(id, author).State,
            (entity, i) => write((Everything)entity, i),
            (state, replica) => Everything.Decode(replica, state.Encode()));
    }

    private static T Create<T>(EntityId id, Author? author)
        where T : class, IEntity<T> => T.Create(id, author);

    // A hundred items, the oldest of which makes room for the newest.
    private static void Append(Everything entity, int number)
    {
        if (entity.Steps.Count >= 100) entity.Steps.RemoveAt(0);
        entity.Steps.Add($"step {number}");
    }
}
