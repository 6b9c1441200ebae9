using System.Text;
using Crdt.Clocks;
using Crdt.Codec;
using Crdt.Schema;
using Crdt.Storage;

namespace Crdt.Sqlite;

/// <summary>What a store says of itself: its format, schema and identity, and the numbers that go up with every commit.</summary>
internal sealed partial class Meta
{
    private const string FormatKey = "format", SchemaKey = "schema", ReplicaKey = "replica", NameKey = "name";
    private const string ClockKey = "clock", RevisionKey = "revision", SettledKey = "settled", ForgottenKey = "forgotten";
    private readonly string _path;
    private readonly Statement _read, _write;

    public Meta(Database database, string path)
    {
        _path = path;
        _read = database.Prepare("SELECT value FROM meta WHERE key = ?1");
        _write = database.Prepare("INSERT INTO meta(key, value) VALUES(?1, ?2) ON CONFLICT(key) DO UPDATE SET value = excluded.value");
    }

    public Stamp Clock
    {
        get => new((ulong)Integer(ClockKey));
        set => Write(ClockKey, (long)value.Value);
    }

    /// <summary>The number of the last commit.</summary>
    public long Revision
    {
        get => Integer(RevisionKey);
        set => Write(RevisionKey, value);
    }

    /// <summary>The last row whose keys are in the file's index.</summary>
    public long Settled
    {
        get => Integer(SettledKey);
        set => Write(SettledKey, value);
    }

    /// <summary>The highest watermark whose changes were forgotten.</summary>
    public long Forgotten
    {
        get => Integer(ForgottenKey);
        set => Write(ForgottenKey, value);
    }

    /// <summary>The newest schema that the store was opened with.</summary>
    public GraphSchema Schema
    {
        get
        {
            var reader = new WireReader(Bytes(SchemaKey));
            return GraphSchema.Read(ref reader);
        }
    }

    public ReplicaId Replica => ReplicaId.Read(Bytes(ReplicaKey));

    public string Name => Encoding.UTF8.GetString(Bytes(NameKey));

    /// <summary>Writes what a new store begins with.</summary>
    public void Begin(StoreOffer offer, GraphSchema schema)
    {
        var replica = new byte[ReplicaId.Size];
        offer.Replica.Write(replica);
        Write(FormatKey, Layout.Format);
        Write(ReplicaKey, replica);
        Write(NameKey, Encoding.UTF8.GetBytes(offer.Name));
        (Clock, Revision, Settled, Forgotten) = (default, 0, 0, 0);
        WriteSchema(schema);
    }

    /// <summary>Says that the file has the layout of this version now.</summary>
    public void RaiseFormat() => Write(FormatKey, Layout.Format);

    /// <summary>The layout's version in the file.</summary>
    /// <exception cref="StoreException">A later version of this library made the store.</exception>
    public long RequireFormat()
    {
        var format = Integer(FormatKey);
        if (format <= Layout.Format) return format;
        throw new StoreException(
            $"'{_path}' has format {format}, and this version of Crdt.Sqlite reads formats up to {Layout.Format}: update the program that opens it.");
    }

    /// <summary>Compares the schema of the program with that of the store, and keeps it where it isn't older.</summary>
    /// <exception cref="StoreException">Their data can't be merged.</exception>
    public void AgreeOn(StoreOffer offer) => WriteSchema(offer.RequireMergeable($"'{_path}'", Schema));

    private void WriteSchema(GraphSchema schema)
    {
        var writer = new WireWriter(capacity: 256);
        schema.Write(ref writer);
        var bytes = writer.Finish();
        if (Find(SchemaKey) is not { } kept || !kept.AsSpan().SequenceEqual(bytes)) Write(SchemaKey, bytes);
    }

    private long Integer(string key) => _read.Bind(1, key).Single() ?? throw Missing(key);

    private byte[] Bytes(string key) => Find(key) ?? throw Missing(key);

    private byte[]? Find(string key)
    {
        if (!_read.Bind(1, key).Step()) return null;
        var bytes = _read.Bytes(0).ToArray();
        _read.Reset();
        return bytes;
    }

    private void Write(string key, long value) => _write.Bind(1, key).Bind(2, value).Run();

    private void Write(string key, ReadOnlySpan<byte> value) => _write.Bind(1, key).Bind(2, value).Run();

    private StoreException Missing(string key) => new(SqliteFault.Damaged(_path, $"it doesn't say what its {key} is"));
}
