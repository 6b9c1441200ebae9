using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Entities;
using Crdt.Storage;
using Microsoft.Data.Sqlite;

namespace Crdt.Sqlite;

/// <summary>A store that is open: its lock, its connection, and what is kept in memory of its file.</summary>
internal sealed partial class Session : IDisposable
{
    private const int ConflictsAtOnce = 256;
    private const long WorthSettling = 16_384;
    private readonly string _path;
    private readonly StoreLock _lock;
    private readonly Database _database;
    private readonly Meta _meta;
    private readonly EntityIndex _index;
    private Dictionary<string, StoreLane> _lanes = new(StringComparer.Ordinal);
    private long _revision;

    private Session(string path, StoreLimits limits, StoreLock held, Database database)
    {
        (_path, _lock, _database) = (path, held, database);
        _meta = new(database, path);
        _index = new(database, limits.Settling);
        PrepareCommits(out _begin, out _end, out _addEntity, out _rewriteEntity, out _setEntity, out _dropEntity, out _addEvent, out _addLane, out _setLane, out _setFloor, out _addChange);
        PrepareReads(out _conflicts, out _changes, out _rowWithId, out _nextOrigin, out _firstUncovered, out _events, out _removeFrom);
        PrepareClaims(out _claim, out _release, out _claimants, out _shared);
        PrepareNotes(out _readNote, out _putNote, out _dropNote, out _stage, out _staged, out _dropStage);
    }

    public static (Session Session, StoreState State) Open(string path, StoreLimits limits, StoreOffer offer, TimeProvider time)
    {
        var held = StoreLock.Take(path);
        Database? database = null;
        Session? session = null;
        try
        {
            database = new(path);
            database.Execute(Layout.Connect);
            var isNew = IsNew(database, path);
            var format = isNew ? 0 : new Meta(database, path).RequireFormat();
            if (isNew) offer.RequireFirst($"'{path}'");
            if (isNew) database.Execute(Layout.Found);
            database.Execute(Layout.Durable);
            if (isNew) database.Execute($"BEGIN IMMEDIATE; {Layout.Tables} {Layout.Additions} {Layout.Claims}");
            else if (format < Layout.Format) Upgrade(database, path, format);
            session = new(path, limits, held, database);
            return (session, session.Restore(offer, isNew, time));
        }
        catch
        {
            session?._lease?.Dispose();
            database?.Dispose();
            held.Dispose();
            throw;
        }
    }

    public void LimitPages(long pages) => _database.Execute(FormattableString.Invariant($"PRAGMA max_page_count = {pages}"));

    public void Dispose()
    {
        try
        {
            // What follows is locked out by a batch that nobody has ended, and would be tried again for half a minute.
            _ = _batch?.DisposeAsync();
            if (_index.Position.LastRow - _index.Position.Settled >= WorthSettling) Transact(Settle);
            _database.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // Both only make the next opening quicker: until then everything stays in the log.
        }

        _database.Dispose();
        _lease?.Close();
        _lock.Dispose();
    }

    // A file whose tables were not committed any more counts as new; so does an empty one.
    private static bool IsNew(Database database, string path)
    {
        var application = database.Single("PRAGMA application_id");
        if (application == Layout.ApplicationId) return false;
        if (application == 0 && database.Single("SELECT count(*) FROM sqlite_master") == 0) return true;
        throw new StoreException($"'{path}' is the SQLite database of another program, not the store of a replica; it was left as it is. Give the replica another path.");
    }

    private static void Upgrade(Database database, string path, long format)
    {
        database.Execute($"BEGIN IMMEDIATE; {(format < 2 ? Layout.Additions : "")} {Layout.Claims}");
        new Meta(database, path).RaiseFormat();
        database.Execute("COMMIT");
    }

    private StoreState Restore(StoreOffer offer, bool isNew, TimeProvider time)
    {
        if (!isNew) _begin.Run();
        var schema = offer.Schema ?? (isNew ? offer.Founding! : _meta.Schema);
        if (isNew) _meta.Begin(offer, schema);
        else if (offer.Schema is not null) _meta.AgreeOn(offer);
        _revision = _meta.Revision;
        var (vectors, floors) = LoadLanes();
        _index.Load(_meta.Settled);
        Identify(isNew, offer, time);
        var state = new StoreState(_meta.Replica, _meta.Name, _meta.Clock, _revision, vectors, schema) { Floors = floors, Incarnations = _meta.Incarnations };
        _end.Run();
        TakeLease();
        return state;
    }

    private (Dictionary<string, VersionVector> Vectors, Dictionary<string, VersionVector> Floors) LoadLanes()
    {
        var (vectors, floors) = (new Dictionary<string, VersionVector>(StringComparer.Ordinal), new Dictionary<string, VersionVector>(StringComparer.Ordinal));
        using var lanes = _database.Prepare("SELECT id, name, vector, (SELECT max(at) FROM event WHERE at > id << ?1 AND at < id + 1 << ?1), floor FROM lane");
        lanes.Bind(1, Layout.EventBits);
        while (lanes.Step())
        {
            var name = lanes.Text(1);
            vectors.Add(name, ReadVector(lanes.Bytes(2)));
            if (!lanes.IsNull(4)) floors.Add(name, ReadVector(lanes.Bytes(4)));
            var lane = new StoreLane(lanes.Integer(0), 0);
            _lanes.Add(name, lane with { LastEvent = lanes.IsNull(3) ? lane.Start : lanes.Integer(3) });
        }

        return (vectors, floors);
    }

    private static VersionVector ReadVector(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        return VersionVector.Read(ref reader);
    }

    private void Transact(Action work)
    {
        var (index, filter, lanes) = (_index.Position, _index.Filter, _lanes);
        _begin.Run();
        try
        {
            work();
            _end.Run();
        }
        catch
        {
            (_index.Position, _index.Filter, _lanes) = (index, filter, lanes);
            _database.Rollback();
            throw;
        }
    }

    private void Settle()
    {
        _index.Settle();
        _meta.Settled = _index.Position.Settled;
    }
}
