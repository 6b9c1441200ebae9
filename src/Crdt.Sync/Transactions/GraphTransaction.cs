using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Sync.Events;
using Crdt.Sync.Lanes;
using Crdt.Sync.Truth;

namespace Crdt.Sync.Transactions;

/// <summary>
/// A unit of work on a replica: what it writes becomes visible together, here and on every other replica, when it is
/// committed, and not at all otherwise. One is open at a time; sessions with peers go on beside it. Not safe for use from
/// several threads at once.
/// </summary>
public sealed partial class GraphTransaction : IAsyncDisposable
{
    private const string HasEnded = "This transaction has ended; begin another.";

    private readonly ITransactionTruth _truth;
    private readonly GraphSchema _schema;
    private readonly Func<CancellationToken, ValueTask> _afterCommit;
    private readonly Dictionary<string, TransactionAuthor> _authors = [];
    private readonly Dictionary<EntityId, TouchedEntity> _entities = [];
    private Action? _release;

    internal GraphTransaction(ITransactionTruth truth, GraphSchema schema, Action release, Func<CancellationToken, ValueTask> afterCommit) =>
        (_truth, _schema, _release, _afterCommit) = (truth, schema, release, afterCommit);

    /// <summary>The lanes that can be written to; null for all.</summary>
    internal LaneOrder? Lanes { private get; init; }

    /// <summary>Is told of a bounded counter that was to be lowered by more than the replica has rights for.</summary>
    internal Action<EntityId, uint, long>? Lacking { private get; init; }

    /// <summary>Who writes.</summary>
    internal Clocks.ReplicaId Replica => _truth.Id;

    /// <summary>Creates a node.</summary>
    /// <param name="key">Its key, of the type that the class declares.</param>
    /// <exception cref="ArgumentException">The key doesn't fit.</exception>
    /// <exception cref="InvalidOperationException">The transaction has created it already, or has ended; or the replica takes no part in the type's lane.</exception>
    /// <remarks>Whether the node exists already is found out by <see cref="CommitAsync"/>, so that many can be added without reading each.</remarks>
    public T Add<T>(EntityKey key)
        where T : class, INode<T> => Create<T>(EntityId.Node(T.EntityType, key));

    /// <summary>
    /// Creates a relationship between two nodes. Where its type has a multiplicity, it replaces the one that takes its place, which the
    /// commit deletes; one that exists and competes with others for its place is begun anew, and so chosen.
    /// </summary>
    /// <param name="source">Where it starts.</param>
    /// <param name="target">Where it leads.</param>
    /// <param name="key">What tells it from others with the same ends, where the class declares a key.</param>
    /// <exception cref="ArgumentException">The ends are not of the classes that the relationship connects, or the key doesn't fit.</exception>
    /// <exception cref="InvalidOperationException">The transaction has created it already, or has ended.</exception>
    public T Connect<T>(EntityId source, EntityId target, EntityKey key = default)
        where T : class, IRelationship<T> => Create<T>(EntityId.Relationship(T.EntityType, source, target, key));

    /// <summary>Creates a relationship between two nodes.</summary>
    /// <inheritdoc cref="Connect{T}(EntityId, EntityId, EntityKey)"/>
    public T Connect<T>(IEntity source, IEntity target, EntityKey key = default)
        where T : class, IRelationship<T> => Connect<T>(source.State.Id, target.State.Id, key);

    /// <summary>A node, to be read and written; null where there is none. The same object each time.</summary>
    public ValueTask<T?> GetAsync<T>(EntityKey key, CancellationToken cancellationToken = default)
        where T : class, INode<T> => GetAsync<T>(EntityId.Node(T.EntityType, key), cancellationToken);

    /// <summary>A relationship, to be read and written; null where there is none. The same object each time.</summary>
    public ValueTask<T?> GetAsync<T>(EntityId source, EntityId target, EntityKey key = default, CancellationToken cancellationToken = default)
        where T : class, IRelationship<T> => GetAsync<T>(EntityId.Relationship(T.EntityType, source, target, key), cancellationToken);

    /// <summary>An entity of any kind by its identity, to be read and written; null where there is none.</summary>
    public ValueTask<T?> GetAsync<T>(EntityId id, CancellationToken cancellationToken = default)
        where T : class, IEntity<T> => GetAsync(T.EntityType, id, author => T.Create(id, author), cancellationToken);

    /// <summary>
    /// Makes everything that was written durable and visible, as one event for each lane, and ends the transaction. A
    /// transaction that wrote nothing commits nothing.
    /// </summary>
    /// <exception cref="EntityExistsException">An entity that it creates exists already. Nothing was committed.</exception>
    /// <exception cref="UniqueValueTakenException">It gives a node a unique value that another one has, here or at a peer that stands ready. Nothing was committed.</exception>
    /// <exception cref="EntityReservedException">Something of it is reserved for a distributed transaction. Nothing was committed.</exception>
    /// <exception cref="InvalidOperationException">It has ended already, or is too large. Nothing was committed.</exception>
    /// <exception cref="Offline.OfflineQueueFullException">The replica is offline, and as many operations wait for a peer as may. Nothing was committed.</exception>
    /// <exception cref="Crdt.Storage.StoreException">The store failed. Nothing was committed.</exception>
    public async ValueTask<IReadOnlyList<GraphEvent>> CommitAsync(CancellationToken cancellationToken = default)
    {
        // From here on nobody else ends the transaction: another one would give the same dots.
        var release = Interlocked.Exchange(ref _release, null) ?? throw new InvalidOperationException(HasEnded);
        try
        {
            var lanes = Written();
            var events = lanes.Count == 0 ? [] : await _truth.CommitAsync(lanes, cancellationToken).ConfigureAwait(false);
            Close("its transaction was committed; get it again in a new one.");
            await _afterCommit(cancellationToken).ConfigureAwait(false);
            return events;
        }
        finally
        {
            Close("its transaction could not be committed.");
            release();
        }
    }

    /// <summary>What was written so far, by lanes.</summary>
    internal IReadOnlyList<LaneWrites> Written() =>
        [.. _entities.Values.Where(touched => !touched.State.Pending.IsEmpty)
            .GroupBy(touched => touched.State.Type.Lane)
            .Select(lane => new LaneWrites(lane.Key, _authors[lane.Key], [.. lane]))];

    /// <summary>Ends the transaction; whatever it has not committed is forgotten.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _release, null) is { } release)
        {
            Close("its transaction has ended without being committed.");
            release();
        }

        return ValueTask.CompletedTask;
    }

    private T Create<T>(EntityId id)
        where T : class, IEntity<T> => Create(T.EntityType, id, author => T.Create(id, author));

    private T Create<T>(EntityType type, EntityId id, Func<Author, T> make)
        where T : class, IEntity
    {
        RequireOpen();
        if (_entities.TryGetValue(id, out var touched))
        {
            var inHand = As<T>(touched);
            CreateAgain(type, id, touched);
            return inHand;
        }

        var entity = make(AuthorOf(type));
        entity.State.Create();
        _entities.Add(id, new(entity, IsNew: true));
        TakePlaces(type, id);
        return entity;
    }

    private async ValueTask<T?> GetAsync<T>(EntityType type, EntityId id, Func<Author, T> make, CancellationToken cancellationToken)
        where T : class, IEntity
    {
        RequireOpen();
        if (_entities.TryGetValue(id, out var touched)) return touched.State.IsAlive ? As<T>(touched) : null;
        var (row, vector) = await _truth.ReadRowAsync(id, type.Lane, cancellationToken).ConfigureAwait(false);
        if (!EncodedEntity.IsAlive(row.Span)) return null;
        var entity = make(AuthorOf(type));
        entity.State.ReadRow(row.Span, vector);
        _entities.Add(id, new(entity, IsNew: false));
        return entity;
    }

    // Two objects of one entity would each write as if the other were not there.
    private static T As<T>(TouchedEntity touched)
        where T : class, IEntity => touched.Entity as T
        ?? throw new InvalidOperationException($"This transaction has that {touched.State.Type.Name} in hand as a {touched.Entity.GetType().Name}; go on with that object, or begin another transaction to get it as a {typeof(T).Name}.");

    private TransactionAuthor AuthorOf(EntityType type)
    {
        if (_schema.Find(type.Id) != type) throw new ArgumentException($"'{type.Name}' is not part of the schema '{_schema.Name}' that this replica was opened with.");
        if (!_authors.TryGetValue(type.Lane, out var author))
        {
            Lanes?.RequireWritable(type);
            author = new(_truth.Id, _truth.VectorOf(type.Lane)[_truth.Id], _truth.Clock, _truth.IsOffline) { Lacking = Lacking };
            _authors.Add(type.Lane, author);
        }

        return author;
    }

    private void RequireOpen()
    {
        if (_release is null) throw new InvalidOperationException(HasEnded);
    }

    private void Close(string reason)
    {
        foreach (var author in _authors.Values) author.Close(reason);
    }
}
