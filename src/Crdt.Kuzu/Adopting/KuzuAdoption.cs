using Crdt.Clocks;
using Crdt.Kuzu.Binding;
using Crdt.Signing;
using Crdt.Storage;
using Crdt.Sync;

namespace Crdt.Kuzu.Adopting;

/// <summary>
/// Makes a replica of a Kuzu database that never saw this library, whatever its tables are: each table becomes a type that is only known at
/// run time, each row an entity. The database is only read; what it holds is copied. Whatever can't be kept as it is, is named.
/// </summary>
public static class KuzuAdoption
{
    /// <summary>Finds out what a database would become, and changes nothing anywhere.</summary>
    /// <param name="database">The file of the database, which nobody may have open to write.</param>
    /// <param name="schemaName">What the graph is called; replicas that are to sync have one name.</param>
    /// <param name="kuzu">How it is opened; the defaults suit most. It is opened to be read only, whatever they say.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="AdoptionException">The database can't be read, or has no table that can be adopted.</exception>
    public static Task<AdoptionPlan> ReadAsync(string database, string schemaName, KuzuOptions? kuzu = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(schemaName);
        return Task.Run(() => Reading(database, kuzu, connection => Task.FromResult(new Planning(connection).Plan(schemaName))), cancellationToken);
    }

    /// <summary>
    /// Makes a new replica of what a database holds, in transactions of some thousand rows. Where it stops half way, or is cancelled, the
    /// replica holds a part: delete its files and adopt again.
    /// </summary>
    /// <param name="database">The file of the database, which nobody may have open to write.</param>
    /// <param name="name">The replica's name for people; it also names the folder of its files where the options don't.</param>
    /// <param name="schemaName">What the graph is called; replicas that are to sync have one name.</param>
    /// <param name="configure">Chooses the store and the graph database of the replica. It is called twice.</param>
    /// <param name="kuzu">How the database is opened; the defaults suit most. It is opened to be read only, whatever they say.</param>
    /// <param name="progress">Is told how far it has come, after every transaction.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="AdoptionException">The database can't be read or has no table that can be adopted, the replica isn't new, or it stopped half way.</exception>
    /// <exception cref="StoreException">The store of the replica can't be opened.</exception>
    /// <exception cref="Projection.ProjectionException">The graph database of the replica can't be opened.</exception>
    public static Task<Adoption> AdoptAsync(
        string database,
        string name,
        string schemaName,
        Action<GraphReplicaOptions> configure,
        KuzuOptions? kuzu = null,
        IProgress<AdoptionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(schemaName);
        ArgumentNullException.ThrowIfNull(configure);
        return Task.Run(() => Reading(database, kuzu, BeginAsync), cancellationToken);

        async Task<Adoption> BeginAsync(KuzuConnection connection)
        {
            var plan = new Planning(connection).Plan(schemaName);
            await RequireNewAsync(name, configure, cancellationToken).ConfigureAwait(false);
            var replica = await GraphReplica.OpenAsync(name, plan.Schema, configure, cancellationToken).ConfigureAwait(false);
            return await FillAsync(replica, connection, plan, progress, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<T> Reading<T>(string database, KuzuOptions? kuzu, Func<KuzuConnection, Task<T>> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(database);
        try
        {
            using var source = KuzuDatabase.Open(database, (kuzu ?? new()) with { ReadOnly = true });
            using var connection = source.Connect();
            return await read(connection).ConfigureAwait(false);
        }
        catch (KuzuException error)
        {
            throw new AdoptionException($"'{database}' can't be adopted: {error.Message} {Help(error.Reason)}".TrimEnd(), error);
        }
    }

    private static string Help(KuzuErrorReason reason) => reason switch
    {
        KuzuErrorReason.Locked => "Close whatever has it open, then adopt again.",
        KuzuErrorReason.Corrupt => "Try whether the program that made it still opens it, or adopt a copy that is whole.",
        KuzuErrorReason.StorageVersion => "Export it with the version of the engine that it was made by (EXPORT DATABASE), and import that with this one.",
        KuzuErrorReason.BufferPoolFull => "Give it a larger KuzuOptions.BufferPoolSize.",
        _ => "",
    };

    // An existing replica would take the new schema and might lose its types by it, so this asks before the replica is opened.
    private static async Task RequireNewAsync(string name, Action<GraphReplicaOptions> configure, CancellationToken cancellationToken)
    {
        var options = new GraphReplicaOptions { Folder = name };
        configure(options);
        if (options.Store?.Invoke() is not { } store) return; // Opening the replica says what is missing.
        await using var closing = store.ConfigureAwait(false);
        try
        {
            var offer = new StoreOffer(name, ReplicaId.Random(), null) { NextIdentity = options.SignsEvents ? ReplicaIdentity.Signed : ReplicaIdentity.Unsigned };
            var state = await store.OpenAsync(offer, cancellationToken).ConfigureAwait(false);
            if (state.Revision == 0) return;
            throw new AdoptionException(
                $"The store of '{name}' isn't new: it is that of the replica '{state.Name}' with the schema {state.Schema}. A database is adopted by a new replica: "
                + "choose another folder, or, where this is what an adoption left that was interrupted, delete its files and adopt again.");
        }
        catch (StoreException)
        {
            // It knows no schema, so it is new, or it can't be opened, which opening the replica finds too.
        }
    }

    private static async Task<Adoption> FillAsync(
        GraphReplica replica, KuzuConnection connection, AdoptionPlan plan, IProgress<AdoptionProgress>? progress, CancellationToken cancellationToken)
    {
        var leftOut = new LeftOut();
        var import = new Import(replica, leftOut, progress);
        try
        {
            await import.RunAsync(connection, plan, cancellationToken).ConfigureAwait(false);
            await replica.ProjectedAsync(cancellationToken).ConfigureAwait(false);
            return new(replica, [.. plan.Notes, .. leftOut.Notes]);
        }
        catch (Exception error)
        {
            await replica.DisposeAsync().ConfigureAwait(false);
            if (error is OperationCanceledException) throw;
            throw new AdoptionException(
                FormattableString.Invariant($"The adoption stopped after {import.Rows} rows: {error.Message} The replica '{replica.Name}' holds a part of the database: delete its files and adopt again."),
                error);
        }
    }
}
