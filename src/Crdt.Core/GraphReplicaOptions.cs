using Crdt.Clocks;
using Crdt.Projection;
using Crdt.Schema;
using Crdt.Signing;
using Crdt.Storage;

namespace Crdt;

/// <summary>
/// What a replica is made of. The packages that bring a store or a graph database add a <c>Use…</c> method to this class.
/// </summary>
public sealed class GraphReplicaOptions
{
    /// <summary>Makes the store; required. Called once.</summary>
    public Func<IReplicaStore>? Store { get; set; }

    /// <summary>Makes the graph database that shows the data; null for a replica that only stores and forwards.</summary>
    public Func<IGraphProjection>? Projection { get; set; }

    /// <summary>
    /// Whether an opening waits until the graph database shows the truth. Where it doesn't, the replica can be read, written and synced at once, and only queries wait: what has to be
    /// made anew, as after a crash or where nothing was kept, is so in the background. Looking whether it has to be holds commits up, for as long as counting the entities takes. True by
    /// default, and where <see cref="CapturesDirectWrites"/> is set.
    /// </summary>
    public bool AwaitsProjection { get; set; } = true;

    /// <summary>
    /// Whether others may write to the graph database while the replica is closed: any tool that opens the file and runs its Cypher. What they
    /// wrote is found when the replica is opened and committed like any other change. By default, the database is a picture that is made anew
    /// where it differs.
    /// </summary>
    public bool CapturesDirectWrites { get; set; }

    /// <summary>
    /// The types that a new store begins with where the replica is opened without a schema; a store that isn't new keeps those that it knows. For replicas that learn their types from
    /// others, it is a schema with the name of the graph and no types.
    /// </summary>
    public GraphSchema? FoundingSchema { get; set; }

    /// <summary>The folder for whatever isn't given a path of its own: by default one named for the replica, in the current folder.</summary>
    public string? Folder { get; set; }

    /// <summary>Where time is read.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>How far ahead of this replica's clock an event may be before it is held back. One minute by default.</summary>
    public TimeSpan MaxClockLead { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether a new replica signs what it commits: its id follows from a key that its store keeps, and nobody takes an event in its name that isn't signed with it. A store that isn't new
    /// goes on as it began. True by default.
    /// </summary>
    public bool SignsEvents { get; set; } = true;

    /// <summary>
    /// Whether nothing further is taken of what a replica writes, from whomever it comes, because it was revoked; null where there is none such. What was taken before stays, and so does what a peer that is
    /// trusted to give states has merged already. It is asked for each origin in each frame of events, so it has to be quick and may be called from several threads.
    /// </summary>
    public Func<ReplicaId, bool>? IsRevoked { get; set; }

    /// <summary>The numbers of the compressions that the replica says it has; null for those that the host has.</summary>
    internal ReadOnlyMemory<byte>? Codecs { get; set; }

    /// <summary>Makes the id of an incarnation that the replica begins by itself. One that was used before would lose data.</summary>
    internal Func<ReplicaId> NextIncarnation { get; set; } = ReplicaId.Random;

    /// <summary>Makes a key, and the id that follows from it.</summary>
    internal Func<ReplicaIdentity> NextKey { get; set; } = ReplicaIdentity.Signed;

    /// <summary>Makes the identity of an incarnation that begins.</summary>
    internal ReplicaIdentity NextIdentity() => SignsEvents ? NextKey() : new(NextIncarnation(), default);

    /// <summary>Makes the identity of an incarnation that begins in a store, which may keep keys itself.</summary>
    /// <exception cref="InvalidOperationException">Neither the store nor the framework has keys.</exception>
    internal ValueTask<ReplicaIdentity> NextIdentityAsync(IReplicaStore store, CancellationToken cancellationToken)
    {
        if (SignsEvents && store is IKeyring keyring) return keyring.CreateKeyAsync(cancellationToken);
        if (SignsEvents && OperatingSystem.IsBrowser())
            throw new InvalidOperationException($"The framework has no keys in a browser: give the replica a store that keeps them, as UseIndexedDb() does, or set {nameof(SignsEvents)} to false.");
        return new(NextIdentity());
    }

    /// <summary>How many changed entities the graph database may lag behind before commits wait for it.</summary>
    public int MaxProjectionLag { get; set; } = 20_000;

    /// <summary>How many entities go into one batch of a graph database that is made anew.</summary>
    internal int RebuildPage { get; set; } = 10_000;

    /// <summary>
    /// The lanes that the replica takes part in, the one that matters most first; null for all, by name. It can't write types of other lanes,
    /// syncs without them, and says nothing about them to its peers: what it lacks does not read as deleted anywhere.
    /// </summary>
    public IReadOnlyList<string>? Lanes { get; set; }

    /// <summary>
    /// The lanes that don't wait for any other, the most critical one first: each session brings them up to date before it begins with the others, and one over
    /// a narrow network carries them alone while there is something to carry. By default none.
    /// </summary>
    public IReadOnlyList<string> CriticalLanes { get; set; } = [];

    /// <summary>
    /// How many operations may wait for a peer while the replica is declared offline; 10,000 by default. A replica that was never declared offline, for
    /// instance one that has no peers at all, is not limited.
    /// </summary>
    public int OfflineQueueCapacity { get; set; } = 10_000;

    /// <summary>What becomes of a commit that finds the queue full: it is refused by default.</summary>
    public OfflineQueueFull WhenOfflineQueueIsFull { get; set; }

    /// <summary>How long distributed transactions wait, and how much is kept of them.</summary>
    public CommitOptions Commit { get; set; } = new();
}
