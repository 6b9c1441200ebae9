using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sync.Reconciling;

/// <summary>
/// The rows of a peer that are put aside until all are there. A few stay in memory; many are staged in the store, where they
/// outlive an interruption: what is staged under an item need not travel again, from whichever snapshot it came.
/// </summary>
/// <param name="name">The name of the stage in the store.</param>
internal sealed class RowStage(string name)
{
    private const int MaxBuffered = 1024 * 1024;
    private const int Page = 1000;
    private readonly SortedDictionary<EntityId, StagedRow> _buffer = [];
    private int _bytes;
    private bool _isStored;

    /// <summary>Its name in the store.</summary>
    public string Name => name;

    /// <summary>The items of the rows that are here.</summary>
    public HashSet<ulong> Items { get; } = [];

    /// <summary>Finds what an earlier session has staged. O(rows).</summary>
    public async ValueTask LoadAsync(IReplicaStore store, CancellationToken cancellationToken)
    {
        await foreach (var page in ReadStoredAsync(store, cancellationToken).ConfigureAwait(false))
        {
            _isStored = true;
            foreach (var row in page) Items.Add(row.Item);
        }
    }

    /// <summary>Adds rows.</summary>
    public async ValueTask AddAsync(IReplicaStore store, IReadOnlyList<StagedRow> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows)
        {
            _buffer[row.Entity.Id] = row;
            _bytes += row.Entity.Id.Bytes.Length + row.Entity.State.Length;
            Items.Add(row.Item);
        }

        if (_bytes > MaxBuffered) await FlushAsync(store, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes durable what is in memory, for a session that can't go on.</summary>
    public async ValueTask FlushAsync(IReplicaStore store, CancellationToken cancellationToken)
    {
        if (_buffer.Count == 0) return;
        await store.StageAsync(name, [.. _buffer.Values.Select(row => row.Entity)], cancellationToken).ConfigureAwait(false);
        _buffer.Clear();
        (_bytes, _isStored) = (0, true);
    }

    /// <summary>All rows in pages. An entity that was staged twice is there once, as it was added last.</summary>
    public async IAsyncEnumerable<IReadOnlyList<StagedRow>> ReadAsync(
        IReplicaStore store, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in ReadStoredAsync(store, cancellationToken).ConfigureAwait(false)) yield return [.. page.Where(row => !_buffer.ContainsKey(row.Entity.Id))];
        foreach (var page in _buffer.Values.Chunk(Page)) yield return page;
    }

    /// <summary>Drops everything.</summary>
    public async ValueTask DropAsync(IReplicaStore store, CancellationToken cancellationToken)
    {
        _buffer.Clear();
        Items.Clear();
        if (_isStored) await store.DropStageAsync(name, cancellationToken).ConfigureAwait(false);
        (_bytes, _isStored) = (0, false);
    }

    private async IAsyncEnumerable<IReadOnlyList<StagedRow>> ReadStoredAsync(
        IReplicaStore store, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var last = default(EntityId); ;)
        {
            var page = await store.ReadStagedAsync(name, last, Page, cancellationToken).ConfigureAwait(false);
            if (page.Count > 0) yield return [.. page.Select(row => StagedRow.Of(row, isAdmitted: false))];
            if (page.Count < Page) yield break;
            last = page[^1].Id;
        }
    }
}
