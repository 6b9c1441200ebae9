using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Dynamic;
using Crdt.Entities;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Sync.Conflicts;
using Crdt.Sync.Differences;
using Crdt.Sync.Lanes;
using Crdt.Sync.Projecting;
using Crdt.Sync.Telemetry;
using Crdt.Sync.Transactions;
using Crdt.Sync.Truth;

namespace Crdt.Sync;

/// <summary>
/// One replica of a graph: a durable store that holds the truth, and a graph database that shows it. It works offline;
/// replicas that sync with each other, directly or through others, come to hold the same. Safe for use from several threads.
/// </summary>
public sealed partial class GraphReplica : IAsyncDisposable, IObservedReplica
{
    private readonly ReplicaTruth _truth;
    private readonly LaneOrder _lanes;
    private readonly Projector? _projector;
    private readonly IGraphProjection? _projection;
    private readonly SemaphoreSlim _transactions = new(1);
    private bool _isClosed;

    private GraphReplica(ReplicaTruth truth, LaneOrder lanes, IGraphProjection? projection, Projector? projector)
    {
        (_truth, _lanes, _projection, _projector, _divergences) = (truth, lanes, projection, projector, new(truth.Time));
        _truth.Committed += entities => Changed?.Invoke(entities);
    }

    /// <summary>The replica's name for people.</summary>
    public string Name => _truth.Name;

    /// <summary>The id that it writes under. It changes at an opening, where the files were copied or restored, or the clock had been wrong.</summary>
    public ReplicaId Id => _truth.Id;

    /// <summary>
    /// The ids that it has written under, oldest first, the last of them <see cref="Id"/>, with the time and the reason. One, unless since it was
    /// created its files were copied or restored, or its clock was ahead; what others have of the former ones stays as it is.
    /// </summary>
    public IReadOnlyList<Crdt.Storage.Incarnation> Incarnations => _truth.Incarnations;

    /// <summary>The types of the graph.</summary>
    public GraphSchema Schema => _truth.Schema;

    /// <summary>Opens a replica, or creates it where its store is new. A graph database that can't be trusted is rebuilt from the store.</summary>
    /// <param name="name">Its name for people; it also names the folder of its files where the options don't.</param>
    /// <param name="schema">The types of the graph, as the generator lists them.</param>
    /// <param name="configure">Chooses the store and the graph database.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ArgumentException">The options name a lane that the schema lacks.</exception>
    /// <exception cref="Crdt.Storage.StoreException">The store is in use, belongs to another schema, is of a newer format or is damaged.</exception>
    /// <exception cref="ProjectionException">The graph database is in use elsewhere, or can't be created.</exception>
    public static Task<GraphReplica> OpenAsync(
        string name, GraphSchema schema, Action<GraphReplicaOptions> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return OpenWithAsync(name, schema, configure, cancellationToken);
    }

    /// <summary>
    /// Opens a replica with the types that its store knows, those it was last opened with, so that neither classes nor a schema need be at
    /// hand. Its entities are read and written by the names of their fields.
    /// </summary>
    /// <param name="name">Its name for people; it also names the folder of its files where the options don't.</param>
    /// <param name="configure">Chooses the store and the graph database.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="Crdt.Storage.StoreException">The store is new, so that it knows no types; or in use, of a newer format or damaged.</exception>
    /// <exception cref="ProjectionException">The graph database is in use elsewhere, or can't be created.</exception>
    public static Task<GraphReplica> OpenAsync(string name, Action<GraphReplicaOptions> configure, CancellationToken cancellationToken = default) =>
        OpenWithAsync(name, null, configure, cancellationToken);

    /// <summary>Begins a transaction, as soon as no other is open. Dispose it, or commit it.</summary>
    public async ValueTask<GraphTransaction> BeginAsync(CancellationToken cancellationToken = default)
    {
        await _transactions.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_isClosed)
        {
            _transactions.Release();
            throw new ObjectDisposedException(nameof(GraphReplica), $"The replica '{Name}' is closed.");
        }

        return NewTransaction();
    }

    /// <summary>A node as it is now, to be read only; null where there is none.</summary>
    public ValueTask<T?> GetAsync<T>(EntityKey key, CancellationToken cancellationToken = default)
        where T : class, INode<T> => GetAsync<T>(EntityId.Node(T.EntityType, key), cancellationToken);

    /// <summary>An entity of any kind as it is now, to be read only; null where there is none.</summary>
    public ValueTask<T?> GetAsync<T>(EntityId id, CancellationToken cancellationToken = default)
        where T : class, IEntity<T> => GetAsync(T.EntityType, id, () => T.Create(id, null), cancellationToken);

    /// <summary>A node of a type for which there need not be a class, as it is now, to be read only; null where there is none.</summary>
    /// <exception cref="ArgumentException">There is no such type, or the key doesn't fit.</exception>
    public ValueTask<DynamicEntity?> GetNodeAsync(string type, EntityKey key, CancellationToken cancellationToken = default) =>
        GetEntityAsync(EntityId.Node(Schema.TypeOf(type), key), cancellationToken);

    /// <summary>An entity of any type as it is now, to be read only; null where there is none.</summary>
    /// <exception cref="ArgumentException">It is of a type that the schema lacks.</exception>
    public ValueTask<DynamicEntity?> GetEntityAsync(EntityId id, CancellationToken cancellationToken = default)
    {
        var type = Schema.TypeOf(id);
        return GetAsync(type, id, () => DynamicEntity.Create(type, id), cancellationToken);
    }

    /// <summary>Waits until the graph database shows everything that was committed before this call.</summary>
    /// <exception cref="ProjectionException">The database refuses it.</exception>
    public ValueTask ProjectedAsync(CancellationToken cancellationToken = default) =>
        _projector?.ProjectedAsync(cancellationToken) ?? ValueTask.CompletedTask;

    /// <summary>
    /// What concurrent writes have left for a person to look at; the same on every replica that holds the same. O(conflicts + relationships of
    /// types that have a multiplicity).
    /// </summary>
    public IAsyncEnumerable<Conflict> ConflictsAsync(CancellationToken cancellationToken = default) => Conflicts.ListAsync(cancellationToken);

    /// <summary>The conflicts, to be listed, watched and settled.</summary>
    public ConflictInbox Conflicts => field ??= new(_truth, BeginAsync);

    /// <summary>How many entities of each type exist, by the type's name. O(entities).</summary>
    public async ValueTask<IReadOnlyDictionary<string, long>> CountAsync(CancellationToken cancellationToken = default)
    {
        var counts = await _truth.ReadAsync(store => store.CountAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        return Schema.Types.ToDictionary(type => type.Name, type => counts.GetValueOrDefault(type.Id));
    }

    /// <summary>
    /// Takes the oldest events off a lane's log, which otherwise grows for ever. Replicas that have not seen them yet are brought up to date by comparing
    /// states, so it may be done at any time. O(events taken off).
    /// </summary>
    /// <param name="keep">How many of the newest events to keep.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public ValueTask CutLogAsync(long keep, string lane = EntityType.MainLane, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(keep);
        return _truth.CutLogAsync(lane, keep, cancellationToken);
    }

    /// <summary>
    /// A hash tree over every entity of a lane, to hold against that of another replica: equal roots say that both hold the same. O(1) but for the
    /// first time, which reads every entity.
    /// </summary>
    public ValueTask<MerkleTree> GetMerkleTreeAsync(string lane = EntityType.MainLane, CancellationToken cancellationToken = default) =>
        _truth.CopyTreeAsync(lane, cancellationToken);

    /// <summary>A copy of what has been applied in a lane.</summary>
    public VersionVector VectorOf(string lane = EntityType.MainLane) => _truth.VectorOf(lane);

    /// <summary>Closes the replica once its open transaction has ended. Whatever was committed is durable already.</summary>
    public async ValueTask DisposeAsync()
    {
        _truth.StopWaiting();
        if (_projector is not null) await _projector.StopAsync().ConfigureAwait(false);
        await CloseSiteAsync().ConfigureAwait(false);
        await _transactions.WaitAsync().ConfigureAwait(false);
        if (!_isClosed)
        {
            _isClosed = true;
            OpenReplicas.Remove(this);
            if (_projector is not null) await _projector.DisposeAsync().ConfigureAwait(false);
            await _truth.DisposeAsync().ConfigureAwait(false);
        }

        _transactions.Release(); // Whoever waits is told that the replica is closed.
    }

    string IObservedReplica.Name => Name;

    long? IObservedReplica.ProjectionLag => _projector?.Lag;

    long? IObservedReplica.QueuedOperations => _truth.QueuedOperations;

    long? IObservedReplica.QuarantinedOrigins => _truth.QuarantinedOrigins;

    private static async Task<GraphReplica> OpenWithAsync(
        string name, GraphSchema? schema, Action<GraphReplicaOptions> configure, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var options = new GraphReplicaOptions { Folder = name };
        configure(options);
        var truth = await ReplicaTruth.OpenAsync(name, schema, options, cancellationToken).ConfigureAwait(false);
        IGraphProjection? projection = null;
        Projector? projector = null;
        try
        {
            var lanes = LaneOrder.For(truth.Schema, options.Lanes, options.CriticalLanes);
            projection = options.Projection?.Invoke();
            projector = projection is null ? null : await Projector.OpenAsync(truth, projection, truth.Schema, options, cancellationToken).ConfigureAwait(false);
            var replica = new GraphReplica(truth, lanes, projection, projector);
            replica.OpenRights();
            await replica.OpenSiteAsync(options.Commit, cancellationToken).ConfigureAwait(false);
            OpenReplicas.Add(replica);
            projector?.Start();
            return replica;
        }
        catch
        {
            if (projector is not null) await projector.DisposeAsync().ConfigureAwait(false);
            else if (projection is not null) await projection.DisposeAsync().ConfigureAwait(false);
            await truth.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<T?> GetAsync<T>(EntityType type, EntityId id, Func<T> make, CancellationToken cancellationToken)
        where T : class, IEntity
    {
        var (row, vector) = await _truth.ReadRowAsync(id, type.Lane, cancellationToken).ConfigureAwait(false);
        if (!EncodedEntity.IsAlive(row.Span)) return null;
        var entity = make();
        entity.State.ReadRow(row.Span, vector);
        return entity;
    }

    /// <summary>A transaction for whoever holds the right to have one open.</summary>
    private GraphTransaction NewTransaction() =>
        new(_reserving ?? (ITransactionTruth)_truth, Schema, () => _transactions.Release(), AfterCommitAsync) { Lanes = _lanes, Lacking = _rights is { } rights ? rights.Lack : null };

    private ValueTask AfterCommitAsync(CancellationToken cancellationToken) =>
        _projector?.KeepUpAsync(cancellationToken) ?? ValueTask.CompletedTask;
}
