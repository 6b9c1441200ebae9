using Crdt.Browser.Interop;
using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Schema;
using Crdt.Storage;
using System.Runtime.InteropServices.JavaScript;

namespace Crdt.Browser.Storage;

/// <summary>A store that is open: its lock, its database, and what is kept in memory of it.</summary>
internal sealed partial class StoreSession
{
    /// <summary>For how long a store is waited for, in milliseconds: a page that is reloaded begins anew before the browser has ended it.</summary>
    public const int Patience = 2_000;

    private readonly string _name;
    private readonly JSObject _lock;
    private readonly RecordDatabase _database;
    private Dictionary<string, StoreLane> _lanes = new(StringComparer.Ordinal);
    private StoreHead _head;
    private StoreIdentity _identity = null!;

    private StoreSession(string name, JSObject held, RecordDatabase database) => (_name, _lock, _database) = (name, held, database);

    public static async Task<(StoreSession Session, StoreState State)> OpenAsync(string name, StoreOffer offer, TimeProvider time, Action? locked)
    {
        var held = await Locks.LockAsync(LockOf(name), Patience).ConfigureAwait(false) ??
            throw new StoreException($"The store '{name}' is open in another tab of this browser. Close that one, or work through it.");
        RecordDatabase? database = null;
        try
        {
            locked?.Invoke();
            database = await RecordDatabase.OpenAsync(name).ConfigureAwait(false);
            var session = new StoreSession(name, held, database);
            await session.TakeBackAsync().ConfigureAwait(false);
            return (session, await session.RestoreAsync(offer, time).ConfigureAwait(false));
        }
        catch
        {
            await LeaveAsync(held, database).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What keeps others from opening a store of this name.</summary>
    public static string LockOf(string name) => $"crdt store {name}";

    public async Task CloseAsync()
    {
        try
        {
            if (_batch is { } batch) await EndAsync(batch).ConfigureAwait(false);
        }
        finally
        {
            await LeaveAsync(_lock, _database).ConfigureAwait(false);
        }
    }

    private static async Task LeaveAsync(JSObject held, RecordDatabase? database)
    {
        try
        {
            database?.Dispose();
        }
        finally
        {
            await Locks.ReleaseAsync(held).ConfigureAwait(false);
            held.Dispose();
        }
    }

    private async Task<StoreState> RestoreAsync(StoreOffer offer, TimeProvider time)
    {
        if (await _database.GetAsync(RecordStore.Meta, Meta.Identity).ConfigureAwait(false) is not { } record) return await FoundAsync(offer, time).ConfigureAwait(false);
        var identity = StoreIdentity.Read(record);
        var kept = offer.RequireMergeable($"The store '{_name}'", identity.Schema);
        _identity = identity with { Schema = kept };
        // A store that can't be written any more can still be read.
        if (!_identity.ToBytes().AsSpan().SequenceEqual(record.Span)) await WriteAsync(changes => changes.Put(RecordStore.Meta, Meta.Identity, _identity.ToBytes())).ConfigureAwait(false);
        _head = StoreHead.Read(await _database.GetAsync(RecordStore.Meta, Meta.Head).ConfigureAwait(false) ?? throw Missing("head"));
        foreach (var (key, lane) in await _database.ReadAsync(RecordStore.Meta, Meta.Lanes, int.MaxValue).ConfigureAwait(false)) _lanes.Add(Meta.LaneOf(key.Span), StoreLane.Read(lane));
        return Describe(offer.Schema ?? kept);
    }

    private async Task<StoreState> FoundAsync(StoreOffer offer, TimeProvider time)
    {
        var schema = offer.RequireFirst($"'{_name}'");
        await KeepKeyAsync(StoreOffer.KeyNoteOf(offer.Replica), offer.PrivateKey).ConfigureAwait(false);
        _identity = new(offer.Name, schema, [new(offer.Replica, time.GetUtcNow(), IncarnationReason.Created, 0)]);
        await WriteAsync(changes =>
        {
            changes.Put(RecordStore.Meta, Meta.Identity, _identity.ToBytes());
            changes.Put(RecordStore.Meta, Meta.Head, _head.ToBytes());
            if (!offer.PrivateKey.IsEmpty) PutNote(changes, StoreOffer.KeyNoteOf(offer.Replica), offer.PrivateKey.Span);
        }).ConfigureAwait(false);
        return Describe(schema);
    }

    private StoreState Describe(GraphSchema schema)
    {
        var vectors = _lanes.ToDictionary(lane => lane.Key, lane => lane.Value.Vector.Clone(), StringComparer.Ordinal);
        var floors = _lanes.Where(lane => lane.Value.Floor is not null).ToDictionary(lane => lane.Key, lane => lane.Value.Floor!.Clone(), StringComparer.Ordinal);
        return new(_identity.Replica, _identity.Name, _head.Clock, _head.Revision, vectors, schema) { Floors = floors, Incarnations = _identity.Incarnations };
    }

    private Task WriteAsync(Action<RecordChanges> write)
    {
        var changes = new RecordChanges();
        write(changes);
        return _database.WriteAsync(changes);
    }

    private StoreException Missing(string what) => new(IndexedDbFault.Damaged(_name, $"its {what} is missing"));
}
