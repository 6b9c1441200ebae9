using System.Runtime.InteropServices.JavaScript;
using Crdt.Browser.Interop;

namespace Crdt.Browser.Storage;

/// <summary>A database of IndexedDB whose keys and records are bytes. Each call is one of its transactions.</summary>
/// <param name="database">What the module gave.</param>
internal sealed class RecordDatabase(JSObject database) : IDisposable
{
    /// <summary>Opens a database, or makes it.</summary>
    public static async Task<RecordDatabase> OpenAsync(string name) => new(await Records.OpenAsync(name).ConfigureAwait(false));

    /// <summary>Keeps a key that was made, durably; one that isn't new is there already.</summary>
    /// <param name="publicKey">Its public key.</param>
    public async Task KeepKeyAsync(ReadOnlyMemory<byte> publicKey)
    {
        using var given = Memory.Give(publicKey.ToArray());
        await Keys.KeepAsync(database, given).ConfigureAwait(false);
    }

    /// <summary>A key by its public key.</summary>
    public async Task<JSObject> OpenKeyAsync(ReadOnlyMemory<byte> publicKey)
    {
        using var given = Memory.Give(publicKey.ToArray());
        return await Keys.OpenAsync(database, given).ConfigureAwait(false);
    }

    /// <summary>Makes changes durable, all or none.</summary>
    public async Task WriteAsync(RecordChanges changes)
    {
        using var packed = Memory.Give(changes.Packed);
        await Records.WriteAsync(database, packed).ConfigureAwait(false);
    }

    /// <summary>Records by their keys, in the order asked for; null where there is none.</summary>
    public async Task<ReadOnlyMemory<byte>?[]> GetAsync(RecordStore store, IReadOnlyCollection<ReadOnlyMemory<byte>> keys)
    {
        if (keys.Count == 0) return [];
        var packed = new PackedWriter();
        foreach (var key in keys) packed.Block(key.Span);
        using var given = Memory.Give(packed.Written);
        var reader = new PackedReader(Memory.Take(await Records.GetAsync(database, (int)store, given).ConfigureAwait(false)));
        var found = new ReadOnlyMemory<byte>?[keys.Count];
        for (var i = 0; i < found.Length; i++)
        {
            if (reader.Number() != 0) found[i] = reader.Block();
        }

        return found;
    }

    /// <summary>The record with a key; null where there is none.</summary>
    public async Task<ReadOnlyMemory<byte>?> GetAsync(RecordStore store, ReadOnlyMemory<byte> key) => (await GetAsync(store, [key]).ConfigureAwait(false))[0];

    /// <summary>The first records of a range in the order of their keys.</summary>
    public async Task<List<(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Record)>> ReadAsync(RecordStore store, KeyRange range, int limit) =>
        (await ReadAsync(store, isIndexed: false, [range], limit, withRecords: true).ConfigureAwait(false))[0];

    /// <summary>The first records of a range in the order of their keys, at least one and so many that they have some bytes.</summary>
    public async Task<List<(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Record)>> ReadBytesAsync(RecordStore store, KeyRange range, int maxBytes)
    {
        using var packed = Give([range]);
        var reader = new PackedReader(Memory.Take(await Records.ReadBytesAsync(database, (int)store, packed, maxBytes).ConfigureAwait(false)));
        var found = new List<(ReadOnlyMemory<byte>, ReadOnlyMemory<byte>)>();
        while (!reader.IsDone) found.Add((reader.Block(), reader.Block()));
        return found;
    }

    /// <summary>The first keys of a range, in order.</summary>
    public async Task<List<(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Record)>> ReadKeysAsync(RecordStore store, KeyRange range, int limit) =>
        (await ReadAsync(store, isIndexed: false, [range], limit, withRecords: false).ConfigureAwait(false))[0];

    /// <summary>The first records of several ranges, of each in the order of their own keys or of those of the index, with their own keys; without records where nobody asks for them.</summary>
    public async Task<List<(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Record)>[]> ReadAsync(
        RecordStore store, bool isIndexed, IReadOnlyCollection<KeyRange> ranges, int limit, bool withRecords)
    {
        if (ranges.Count == 0 || limit == 0) return [.. ranges.Select(_ => new List<(ReadOnlyMemory<byte>, ReadOnlyMemory<byte>)>())];
        using var packed = Give(ranges);
        var reader = new PackedReader(Memory.Take(await Records.ReadAsync(database, (int)store, isIndexed, packed, limit, withRecords).ConfigureAwait(false)));
        var found = new List<(ReadOnlyMemory<byte>, ReadOnlyMemory<byte>)>[ranges.Count];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = [];
            for (var left = reader.Number(); left > 0; left--) found[i].Add((reader.Block(), withRecords ? reader.Block() : default));
        }

        return found;
    }

    /// <summary>How many records several ranges have, by the records' own keys or by those of the index.</summary>
    public async Task<long[]> CountAsync(RecordStore store, bool isIndexed, IReadOnlyCollection<KeyRange> ranges)
    {
        if (ranges.Count == 0) return [];
        using var packed = Give(ranges);
        var reader = new PackedReader(Memory.Take(await Records.CountAsync(database, (int)store, isIndexed, packed).ConfigureAwait(false)));
        var counts = new long[ranges.Count];
        for (var i = 0; i < counts.Length; i++) counts[i] = reader.Number();
        return counts;
    }

    /// <summary>The keys of an index within a range that lead to several records, with the records' own keys, both in order.</summary>
    public async Task<List<(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte>[] Records)>> ReadSharedAsync(RecordStore store, KeyRange range)
    {
        using var packed = Give([range]);
        var reader = new PackedReader(Memory.Take(await Records.SharedAsync(database, (int)store, packed).ConfigureAwait(false)));
        var found = new List<(ReadOnlyMemory<byte>, ReadOnlyMemory<byte>[])>();
        while (!reader.IsDone)
        {
            var (key, records) = (reader.Block(), new ReadOnlyMemory<byte>[reader.Number()]);
            for (var i = 0; i < records.Length; i++) records[i] = reader.Block();
            found.Add((key, records));
        }

        return found;
    }

    /// <summary>Closes it. What was acknowledged is durable already.</summary>
    public void Dispose()
    {
        Records.Close(database);
        database.Dispose();
    }

    public static void Write(KeyRange range, PackedWriter packed)
    {
        packed.Block(range.Lower);
        packed.Number(range.IsLowerOpen ? 1 : 0);
        packed.Block(range.Upper);
        packed.Number(range.IsUpperOpen ? 1 : 0);
    }

    private static JSObject Give(IEnumerable<KeyRange> ranges)
    {
        var packed = new PackedWriter();
        foreach (var range in ranges) Write(range, packed);
        return Memory.Give(packed.Written);
    }
}
