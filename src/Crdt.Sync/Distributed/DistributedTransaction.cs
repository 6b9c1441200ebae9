using Crdt.Clocks;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Sync.Commit;

namespace Crdt.Sync.Distributed;

/// <summary>
/// A transaction that takes effect at all of its participants or nowhere: each has to find its operations valid on what it holds, and to reserve what they touch, before anything is
/// decided. It is described by operations, is asked for by <see cref="PrepareAsync"/>, and takes effect by <see cref="CommitAsync"/>, as one event of the
/// replica that began it, which all others get by syncing. See <c>docs/transactions.md</c>. Not safe for use from several threads at once.
/// </summary>
public sealed partial class DistributedTransaction : IAsyncDisposable
{
    private readonly CommitSite _site;
    private readonly CommitLinks _links;
    private readonly GraphSchema _schema;
    private readonly CommitOptions _options;
    private readonly Action<DistributedTransaction> _close;
    private readonly List<Operation> _operations = [];

    internal DistributedTransaction(TransactionId id, CommitSite site, CommitLinks links, GraphSchema schema, CommitOptions options, Action<DistributedTransaction> close) =>
        (Id, _site, _links, _schema, _options, _close) = (id, site, links, schema, options, close);

    /// <summary>What it is called, by all who take part.</summary>
    public TransactionId Id { get; }

    /// <summary>The operations so far.</summary>
    internal IReadOnlyList<Operation> Operations => _operations;

    /// <summary>Creates a node.</summary>
    /// <param name="type">The name of its type in the schema.</param>
    /// <param name="key">Its key.</param>
    /// <param name="values">What its fields are set to, by their names: values of registers, amounts of counters.</param>
    /// <exception cref="ArgumentException">There is no such type or field, or the key or a value doesn't fit.</exception>
    /// <exception cref="InvalidOperationException">The participants have been asked already.</exception>
    public EntityId AddNode(string type, EntityKey key, params ReadOnlySpan<(string Field, object? Value)> values) =>
        Create(EntityId.Node(_schema.TypeOf(type), key), values);

    /// <summary>Creates a relationship. Both ends have to exist at every participant, and where its type has a multiplicity, its place has to be free.</summary>
    /// <param name="type">The name of its type in the schema.</param>
    /// <param name="source">Where it starts.</param>
    /// <param name="target">Where it leads.</param>
    /// <param name="key">What tells it from others with the same ends, where the type has a key.</param>
    /// <param name="values">What its fields are set to, by their names.</param>
    /// <exception cref="ArgumentException">There is no such type or field, or an end, the key or a value doesn't fit.</exception>
    /// <exception cref="InvalidOperationException">The participants have been asked already.</exception>
    public EntityId AddRelationship(string type, EntityId source, EntityId target, EntityKey key = default, params ReadOnlySpan<(string Field, object? Value)> values) =>
        Create(EntityId.Relationship(_schema.TypeOf(type), source, target, key), values);

    /// <summary>Sets a field that has one value.</summary>
    /// <exception cref="ArgumentException">There is no such field, or it can't hold the value.</exception>
    /// <exception cref="InvalidOperationException">The participants have been asked already.</exception>
    public void Set(EntityId entity, string field, object? value) => Do(new(OperationVerb.Set, entity) { Field = field, Value = value });

    /// <summary>Adds to a counter; a negative amount takes away.</summary>
    /// <inheritdoc cref="Set"/>
    public void Increment(EntityId entity, string field, long amount = 1) => Do(new(OperationVerb.Increment, entity) { Field = field, Amount = amount });

    /// <summary>Adds to the counter of a key.</summary>
    /// <inheritdoc cref="Set"/>
    public void IncrementAt(EntityId entity, string field, object key, long amount = 1) => Do(new(OperationVerb.IncrementAt, entity) { Field = field, Key = key, Amount = amount });

    /// <summary>Adds an element to a set.</summary>
    /// <inheritdoc cref="Set"/>
    public void Add(EntityId entity, string field, object element) => Do(new(OperationVerb.Add, entity) { Field = field, Key = element });

    /// <summary>Removes an element of a set, or a key of a map.</summary>
    /// <inheritdoc cref="Set"/>
    public void Remove(EntityId entity, string field, object elementOrKey) => Do(new(OperationVerb.Remove, entity) { Field = field, Key = elementOrKey });

    /// <summary>Sets the value of a key of a map.</summary>
    /// <inheritdoc cref="Set"/>
    public void Put(EntityId entity, string field, object key, object? value) => Do(new(OperationVerb.Put, entity) { Field = field, Key = key, Value = value });

    /// <summary>Deletes an entity, which has to exist.</summary>
    /// <exception cref="ArgumentException">It is of a type that the schema lacks.</exception>
    /// <exception cref="InvalidOperationException">The participants have been asked already.</exception>
    public void Delete(EntityId entity) => Do(new(OperationVerb.Delete, entity));

    /// <summary>Demands that an entity exists, and goes on existing until the outcome.</summary>
    /// <inheritdoc cref="Delete"/>
    public void Require(EntityId entity) => Do(new(OperationVerb.Require, entity));

    private EntityId Create(EntityId id, ReadOnlySpan<(string Field, object? Value)> values)
    {
        var type = _schema.TypeOf(id);
        List<Operation> operations = [new(OperationVerb.Create, id)];
        foreach (var (field, value) in values)
        {
            var isCount = type.Fields.Any(each => each.Name == field && each.Kind is FieldKind.Counter or FieldKind.GrowOnlyCounter or FieldKind.BoundedCounter);
            operations.Add(isCount
                ? new(OperationVerb.Increment, id) { Field = field, Amount = Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) }
                : new(OperationVerb.Set, id) { Field = field, Value = value });
        }

        DoAll(operations);
        return id;
    }

    private void Do(Operation operation) => DoAll([operation]);

    private void DoAll(IReadOnlyList<Operation> operations)
    {
        if (_phase != Phase.Described) throw new InvalidOperationException("The participants of this transaction have been asked already; begin another.");
        OperationCodec.Encode(operations, _schema); // So that what doesn't fit is noticed here.
        _operations.AddRange(operations);
    }
}
