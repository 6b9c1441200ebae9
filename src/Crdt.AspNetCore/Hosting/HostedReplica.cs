using Crdt.AspNetCore.Authentication;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Storage;
using Crdt.Sync;
using Crdt.Sync.Sessions;
using Crdt.Sync.Transport;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Crdt.AspNetCore.Hosting;

/// <summary>
/// The replica of a host: opened when the host starts, closed when it stops. Where it learns types, it is opened anew with them, so ask for <see cref="Replica"/> each time. Safe for use from several
/// threads.
/// </summary>
public sealed partial class HostedReplica : IHostedService, IAsyncDisposable
{
    /// <summary>So many types and fields are learnt at most: a peer could make them up without end.</summary>
    internal const int MaxTypes = 1024, MaxFields = 16_384;

    private readonly CrdtReplicaOptions _options;
    private readonly ILogger<HostedReplica> _logger;
    private readonly IReadOnlyList<IPeerStanding> _standings;
    private readonly SemaphoreSlim _opening = new(1);
    private volatile GraphReplica? _replica;

    /// <param name="options">What to open.</param>
    /// <param name="standings">Know of replicas that were revoked: nothing further is taken of what they write.</param>
    /// <param name="logger">Is told what happens.</param>
    public HostedReplica(IOptions<CrdtReplicaOptions> options, IEnumerable<IPeerStanding> standings, ILogger<HostedReplica> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _standings, _logger) = (options.Value, [.. standings], logger);
    }

    /// <summary>The replica, as it is open now.</summary>
    /// <exception cref="InvalidOperationException">The host hasn't started, or has stopped.</exception>
    public GraphReplica Replica => _replica ?? throw new InvalidOperationException($"The replica '{_options.Name}' isn't open: the host hasn't started yet, or has stopped.");

    /// <summary>Whether types that only a peer knows are learnt.</summary>
    public bool LearnsTypes => _options.LearnsTypes;

    /// <summary>Opens the replica.</summary>
    /// <exception cref="StoreException">The store is in use, belongs to another graph, is of a newer format or is damaged.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var replica = await OpenAsync(_options.Schema, cancellationToken).ConfigureAwait(false);
        if (_options.Graph is { } graph && replica.Schema.Name != graph)
        {
            await replica.DisposeAsync().ConfigureAwait(false);
            throw new StoreException($"The store of '{_options.Name}' holds the graph '{replica.Schema.Name}', not '{graph}': give the replica another folder, or name the graph that is there.");
        }

        _replica = replica;
        LogOpened(replica.Name, replica.Schema.ToString(), replica.Id.ToString());
    }

    /// <summary>Closes the replica. Whatever was committed is durable already.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(CancellationToken.None).ConfigureAwait(false); // It may be about to be opened anew.
        try
        {
            if (Interlocked.Exchange(ref _replica, null) is { } replica) await replica.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>
    /// Syncs with a peer and stays on the way, as <see cref="GraphReplica.StayInSyncAsync"/> does. Where the peer knows more types than the replica, and
    /// <see cref="SyncOptions.RequiresKnownTypes"/> is set, the replica learns them, and the peer is told to sync again.
    /// </summary>
    /// <exception cref="UnknownTypesException">The replica has learnt types of the peer.</exception>
    /// <inheritdoc cref="GraphReplica.StayInSyncAsync"/>
    public async Task StayInSyncAsync(ISyncTransport transport, SyncOptions options, IProgress<SyncResult>? sessions = null, CancellationToken cancellationToken = default)
    {
        try
        {
            await Replica.StayInSyncAsync(transport, options, sessions, cancellationToken).ConfigureAwait(false);
        }
        catch (UnknownTypesException unknown)
        {
            await LearnAsync(unknown.Schema, cancellationToken).ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None).ConfigureAwait(false);

    private async Task LearnAsync(GraphSchema schema, CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_replica is not { } before || before.Schema.Covers(schema)) return;
            if (Unite(before.Schema, schema) is not { } united) return;
            await before.DisposeAsync().ConfigureAwait(false);
            _replica = await ReopenAsync(before.Schema, united).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Opens the replica with what it has learnt, or as it was where that can't be.</summary>
    private async Task<GraphReplica> ReopenAsync(GraphSchema known, GraphSchema united)
    {
        try
        {
            // Whoever asked to be cancelled has no say here: a replica that was closed has to be opened again.
            var replica = await OpenAsync(united, CancellationToken.None).ConfigureAwait(false);
            LogLearnt(replica.Name, united.ToString(), united.Types.Count - known.Types.Count);
            return replica;
        }
        catch (Exception error) when (error is StoreException or ProjectionException or ArgumentException)
        {
            LogNotLearnt(_options.Name, united.ToString(), error.Message);
            return await OpenAsync(known, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private GraphSchema? Unite(GraphSchema known, GraphSchema learnt)
    {
        try
        {
            var united = known.Union(learnt);
            if (united.Types.Count <= MaxTypes && united.Types.Sum(type => type.Fields.Count) <= MaxFields) return united;
            LogNotLearnt(_options.Name, learnt.ToString(), $"that would be more than {MaxTypes} types or {MaxFields} fields");
        }
        catch (ArgumentException error)
        {
            LogNotLearnt(_options.Name, learnt.ToString(), error.Message);
        }

        return null;
    }

    private Task<GraphReplica> OpenAsync(GraphSchema? schema, CancellationToken cancellationToken) => schema is null
        ? GraphReplica.OpenAsync(_options.Name, Configure, cancellationToken)
        : GraphReplica.OpenAsync(_options.Name, schema, Configure, cancellationToken);

    private void Configure(GraphReplicaOptions replica)
    {
        _options.Replica!(replica);
        if (_options.Graph is { } graph && _options.Schema is null) replica.FoundingSchema ??= new GraphSchema(graph, 1);
        if (_standings.Count == 0) return;
        var isRevoked = replica.IsRevoked;
        replica.IsRevoked = origin => isRevoked?.Invoke(origin) == true || _standings.Any(standing => standing.IsRevoked(origin));
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "The replica '{Replica}' of {Schema} is open; it writes under {Id}.")]
    private partial void LogOpened(string replica, string schema, string id);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "The replica '{Replica}' has learnt {Types} types, or fields of known ones, from a peer with {Schema}.")]
    private partial void LogLearnt(string replica, string schema, int types);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "The replica '{Replica}' does not learn the types of {Schema}: {Reason}.")]
    private partial void LogNotLearnt(string replica, string schema, string reason);
}
