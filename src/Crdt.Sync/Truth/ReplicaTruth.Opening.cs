using Crdt.Schema;
using Crdt.Signing;
using Crdt.Storage;
using Crdt.Sync.Compression;
using Crdt.Sync.Offline;
using Crdt.Sync.Reissuing;
using Crdt.Sync.Signatures;
using Crdt.Sync.Uniqueness;

namespace Crdt.Sync.Truth;

/// <content>How it begins.</content>
internal sealed partial class ReplicaTruth
{
    private ReplicaTruth(IReplicaStore store, StoreState state, ReadOnlyMemory<byte> typeLanes, ReadOnlyMemory<byte> queue, ReadOnlyMemory<byte> quarantine, OwnKeys keys, ReadOnlyMemory<byte> equivocations, GraphReplicaOptions options)
    {
        (_keys, _equivocations) = (keys, new(equivocations));
        (_store, Schema, Id, Name, Revision) = (store, state.Schema, state.Replica, state.Name, state.Revision);
        Incarnations = state.Incarnations;
        (_maxClockLead, _isProjected, _isRevoked) = (options.MaxClockLead, options.Projection is not null, options.IsRevoked);
        (Time, Codecs) = (options.Time, options.Codecs ?? CompressorChoice.Ids);
        Clock = new(Time, state.Clock);
        _typeLanes = new(Schema, typeLanes);
        _quarantine = Quarantine.Read(quarantine);
        (_queue, QueueCapacity, WhenQueueIsFull) = (new(Id, queue), options.OfflineQueueCapacity, options.WhenOfflineQueueIsFull);
        Feed = new(Schema.Lanes);
        foreach (var lane in Schema.Lanes)
        {
            _lanes.Add(lane, new(state.Vectors.GetValueOrDefault(lane) ?? new(), new(MaxWaitingBytes)) { Floor = state.Floors.GetValueOrDefault(lane) ?? new() });
            if (_queue.IsTelling) _queue.LaneOf(lane).Tell(VectorOf(lane)[Id]);
        }
    }

    public static async ValueTask<ReplicaTruth> OpenAsync(string name, GraphSchema? schema, GraphReplicaOptions options, CancellationToken cancellationToken)
    {
        var factory = options.Store ?? throw new InvalidOperationException("A replica needs a store: call UseSqlite() or another Use… method on the options.");
        var store = factory();
        try
        {
            var identity = options.SignsEvents ? await options.NextIdentityAsync(store, cancellationToken).ConfigureAwait(false) : ReplicaIdentity.Unsigned();
            var offer = new StoreOffer(name, identity.Id, schema) { Founding = options.FoundingSchema, PrivateKey = identity.PrivateKey, NextIdentity = options.NextIdentity };
            var state = await store.OpenAsync(offer, cancellationToken).ConfigureAwait(false);
            var typeLanes = await store.ReadNoteAsync(TypeLanes.NoteKey, cancellationToken).ConfigureAwait(false);
            var queue = await store.ReadNoteAsync(ReplicaQueue.NoteKey, cancellationToken).ConfigureAwait(false);
            var quarantine = await store.ReadNoteAsync(Quarantine.NoteKey, cancellationToken).ConfigureAwait(false);
            state = await ClockRecovery.RunAsync(store, state, new(state.Schema, typeLanes), new(state.Replica, queue), options, cancellationToken).ConfigureAwait(false);
            var equivocations = await store.ReadNoteAsync(Equivocations.NoteKey, cancellationToken).ConfigureAwait(false);
            var keys = await OwnKeys.LoadAsync(store, state.Incarnations, cancellationToken).ConfigureAwait(false);
            await ClaimIndex.BringUpToDateAsync(store, state.Schema, cancellationToken).ConfigureAwait(false);
            return new(store, state, typeLanes, queue, quarantine, keys, equivocations, options);
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
