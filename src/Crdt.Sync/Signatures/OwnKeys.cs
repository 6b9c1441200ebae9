using Crdt.Clocks;
using Crdt.Signing;
using Crdt.Storage;
using Crdt.Sync.Events;

namespace Crdt.Sync.Signatures;

/// <summary>The keys of the ids that a replica writes or has written under. Events are sealed when they are sent, the last of each run only.</summary>
internal sealed class OwnKeys : IDisposable
{
    private readonly Dictionary<ReplicaId, ISigningKey> _keys = [];

    private OwnKeys()
    {
    }

    /// <summary>Reads the keys that a store keeps.</summary>
    /// <exception cref="StoreException">One is missing, or can't be read.</exception>
    public static async ValueTask<OwnKeys> LoadAsync(IReplicaStore store, IEnumerable<Incarnation> incarnations, CancellationToken cancellationToken)
    {
        var keys = new OwnKeys();
        foreach (var id in incarnations.Select(incarnation => incarnation.Replica).Where(ReplicaKey.IsSigned))
        {
            var exported = await store.ReadNoteAsync(StoreOffer.KeyNoteOf(id), cancellationToken).ConfigureAwait(false);
            keys._keys[id] = RequireOf(id, store is IKeyring keyring ? await keyring.OpenKeyAsync(exported, cancellationToken).ConfigureAwait(false) : Import(id, exported));
        }

        return keys;
    }

    /// <summary>The key of an id; null where nothing is signed under it.</summary>
    public ISigningKey? Of(ReplicaId id) => _keys.GetValueOrDefault(id);

    /// <summary>Seals the last one of each run of own events that isn't, and others before it where the run is long. O(events), and a signature for each seal.</summary>
    public async ValueTask<IReadOnlyList<StoredEvent>> SealAsync(IReadOnlyList<StoredEvent> events)
    {
        if (_keys.Count == 0) return events;
        StoredEvent[]? some = null;
        foreach (var (id, key) in _keys)
        {
            var unsealed = 0;
            for (var (i, next) = (NextOf(id, events, 0), 0); i < events.Count; i = next)
            {
                next = NextOf(id, events, i + 1);
                unsealed += events[i].Bytes.Length;
                if (next < events.Count && unsealed + events[next].Bytes.Length <= SealedRun.MaxMade) continue;
                unsealed = 0;
                if (!SealedEvent.SealOf(events[i].Bytes).IsEmpty) continue;
                some ??= [.. events];
                some[i] = some[i] with { Bytes = await SealedEvent.SealAsync(some[i].Bytes, key).ConfigureAwait(false) };
            }
        }

        return some ?? events;
    }

    /// <summary>Seals every one of some events of an id, whose key this is. O(events).</summary>
    public async ValueTask<IReadOnlyList<GraphEvent>> SealEachAsync(ReplicaId id, IReadOnlyList<GraphEvent> events)
    {
        if (Of(id) is not { } key) return events;
        var all = new GraphEvent[events.Count];
        for (var i = 0; i < all.Length; i++) all[i] = events[i] with { Bytes = await SealedEvent.SealAsync(events[i].Bytes, key).ConfigureAwait(false) };
        return all;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in _keys.Values) key.Dispose();
    }

    private static int NextOf(ReplicaId id, IReadOnlyList<StoredEvent> events, int from)
    {
        while (from < events.Count && events[from].Origin != id) from++;
        return from;
    }

    private static ReplicaKey Import(ReplicaId id, ReadOnlyMemory<byte> exported)
    {
        try
        {
            return ReplicaKey.Import(exported.Span);
        }
        catch (System.Security.Cryptography.CryptographicException error)
        {
            throw new StoreException($"The store keeps no key that can be read for {id}, so nothing can be signed. Restore it from a backup, or begin with a new replica and sync.", error);
        }
    }

    private static ISigningKey RequireOf(ReplicaId id, ISigningKey key) =>
        key.Id == id ? key : throw new StoreException($"The key that the store keeps for {id} is that of {key.Id}. Restore the store from a backup, or begin with a new replica and sync.");
}
