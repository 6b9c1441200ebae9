using Crdt.Samples.SocialNetwork.Dataset;
using Crdt.Samples.SocialNetwork.Model;
using Crdt.Sync;

namespace Crdt.Samples.SocialNetwork.Import;

/// <summary>Brings the data set into a replica through its public API, some thousand rows a transaction.</summary>
internal sealed class Importer(LdbcData data, int rowsPerTransaction)
{
    /// <summary>How many transactions it takes in all.</summary>
    public long Transactions => data.Surveys.Values.Sum(survey => (survey.Rows + rowsPerTransaction - 1) / rowsPerTransaction);

    /// <summary>Imports what isn't imported yet.</summary>
    /// <param name="replica">Where to.</param>
    /// <param name="progress">Is told how many rows of the data set are in the replica.</param>
    /// <param name="cancellationToken">Stops between two transactions.</param>
    /// <returns>How many rows this call added.</returns>
    public async Task<long> RunAsync(GraphReplica replica, Action<long> progress, CancellationToken cancellationToken)
    {
        var (present, added) = (0L, 0L);
        foreach (var table in data.Tables)
        {
            var done = (await replica.GetAsync<Checkpoint>(table.Name, cancellationToken))?.Done ?? 0;
            progress(present += done);
            foreach (var rows in data.Rows(table).Skip((int)done).Chunk(rowsPerTransaction))
            {
                await ImportAsync(replica, table, rows, cancellationToken);
                added += rows.Length;
                progress(present += rows.Length);
            }
        }

        return added;
    }

    /// <summary>The rows and the note of how many there are become durable together, or not at all.</summary>
    private static async Task ImportAsync(GraphReplica replica, GraphTable table, DataRow[] rows, CancellationToken cancellationToken)
    {
        await using var tx = await replica.BeginAsync(cancellationToken);
        var add = RowMapping.For(table);
        foreach (var row in rows) add(tx, row);
        var checkpoint = await tx.GetAsync<Checkpoint>(table.Name, cancellationToken) ?? tx.Add<Checkpoint>(table.Name);
        checkpoint.Done += rows.Length;
        await tx.CommitAsync(cancellationToken);
    }
}
