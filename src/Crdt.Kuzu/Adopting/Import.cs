using Crdt.Codec;
using Crdt.Kuzu.Binding;
using Crdt.Sync;
using Crdt.Sync.Transactions;

namespace Crdt.Kuzu.Adopting;

/// <summary>Commits the rows of the adopted database to the replica, in ordinary transactions of some thousand.</summary>
/// <param name="replica">The replica, which holds nothing yet.</param>
/// <param name="leftOut">Counts what can't be kept.</param>
/// <param name="progress">Is told how far it has come.</param>
internal sealed class Import(GraphReplica replica, LeftOut leftOut, IProgress<AdoptionProgress>? progress)
{
    /// <summary>How many rows a transaction takes at most, and about how many bytes, of the four million that an event may have.</summary>
    private const int MaxRows = 2_000, MaxBytes = 1 << 21;

    // The same for all of them, so that there are no more notes than columns.
    private static readonly string Unfit = $"a value takes {WireLimits.Value} bytes and {WireLimits.Items} items at most";

    private readonly List<AdoptedRow> _batch = [];
    private int _bytes;

    /// <summary>How many rows were read so far.</summary>
    public long Rows { get; private set; }

    public async Task RunAsync(KuzuConnection connection, AdoptionPlan plan, CancellationToken cancellationToken)
    {
        var tables = plan.Types.Select(type => (type.Table, Rows: new SourceRows(connection, type, leftOut))).ToList();
        var total = tables.Sum(table => table.Rows.Count);
        foreach (var (table, rows) in tables)
        {
            foreach (var row in rows.Read())
            {
                Rows++;
                if (row is not null) Add(row);
                if (_batch.Count >= MaxRows || _bytes >= MaxBytes) await FlushAsync(table.Name, total, cancellationToken).ConfigureAwait(false);
            }

            await FlushAsync(table.Name, total, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Add(AdoptedRow row)
    {
        _batch.Add(row);
        _bytes += row.Size;
    }

    private async Task FlushAsync(string table, long total, CancellationToken cancellationToken)
    {
        while (!await TryCommitAsync(cancellationToken).ConfigureAwait(false))
        {
        }

        _batch.Clear();
        _bytes = 0;
        progress?.Report(new(table, Rows, total));
    }

    // False where an entity exists already, which is out of the batch then. The engine finds a key twice where its file is damaged.
    private async Task<bool> TryCommitAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var transaction = await replica.BeginAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = transaction.ConfigureAwait(false);
        foreach (var row in _batch.ToList()) Write(transaction, row);
        try
        {
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (EntityExistsException error)
        {
            foreach (var row in _batch.FindAll(row => row.Id == error.Id)) LeaveOut(row);
            return false;
        }
    }

    private void Write(GraphTransaction transaction, AdoptedRow row)
    {
        while (true)
        {
            try
            {
                Create(transaction, row);
                return;
            }
            catch (EntityExistsException)
            {
                LeaveOut(row);
                return;
            }
            catch (ArgumentException error) when (row.Values.FindIndex(value => value.Field == error.ParamName) is var unfit and >= 0)
            {
                var column = row.Type.Columns.First(column => column.Name == row.Values[unfit].Field);
                leftOut.Value(row.Type.Table.Name, column.Source.Name, Unfit, row.Name);
                row.Values.RemoveAt(unfit);
            }
        }
    }

    private static void Create(GraphTransaction transaction, AdoptedRow row)
    {
        if (row.Type.From is null) transaction.AddNode(row.Type.Type.Name, row.Key, [.. row.Values]);
        else transaction.AddRelationship(row.Type.Type.Name, row.Source, row.Target, row.Key, [.. row.Values]);
    }

    private void LeaveOut(AdoptedRow row)
    {
        _batch.Remove(row);
        leftOut.Row(row.Type.Table.Name, row.Type.From is null ? "another row has the same key" : "another relationship has the same ends", row.Name);
    }
}
