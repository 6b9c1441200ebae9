using System.Globalization;
using Crdt.Entities;
using Crdt.Kuzu;
using Crdt.Kuzu.Binding;
using Crdt.Sqlite;
using Crdt.Sync;
using Crdt.Sync.Transactions;
using Crdt.Tests.KillTarget.Model;

namespace Crdt.Tests.KillTarget;

/// <summary>The commits: number n is the same whoever makes it.</summary>
internal static class Work
{
    /// <summary>The log is folded into the file this often, so that kills meet that too.</summary>
    private const ulong CheckpointThreshold = 128 << 10;

    public static Task<GraphReplica> OpenAsync(string folder) => GraphReplica.OpenAsync("writer", KillSchema.Instance, options =>
    {
        options.Folder = folder;
        options.UseSqlite().UseKuzu(kuzu: new KuzuOptions { MaxDatabaseSize = 1UL << 30, MaxThreads = 2, CheckpointThreshold = CheckpointThreshold });
    });

    /// <summary>Creates, changes, connects and deletes.</summary>
    public static async Task CommitAsync(GraphReplica replica, long number)
    {
        await using var transaction = await replica.BeginAsync();
        var step = transaction.Add<Step>(number);
        (step.Text, step.Visits) = ($"step {number}", number);
        step.Tags.Add("new");
        var scrap = transaction.Add<Scrap>(NameOf(number));
        scrap.Made = DateTime.UnixEpoch.AddSeconds(number);
        transaction.Connect<Holds>(step, scrap);
        await ChangeEarlierAsync(transaction, step, number);
        await transaction.CommitAsync();
    }

    /// <summary>How many commits there are, all of them before that being there too.</summary>
    public static async Task<long> CountAsync(GraphReplica replica)
    {
        var number = 0L;
        while (await replica.GetAsync<Step>(number + 1) is not null) number++;
        return number;
    }

    private static async Task ChangeEarlierAsync(GraphTransaction transaction, Step step, long number)
    {
        if (await transaction.GetAsync<Step>(number - 1) is { } last) transaction.Connect<Follows>(step, last).Weight = number / 2.0;
        if (await transaction.GetAsync<Step>(number / 2) is { } earlier)
        {
            earlier.Visits++;
            earlier.Tags.Add((number % 7).ToString(CultureInfo.InvariantCulture));
        }

        if (await transaction.GetAsync<Scrap>(NameOf(number - 5)) is { } old) old.Delete();
    }

    private static string NameOf(long number) => string.Create(CultureInfo.InvariantCulture, $"scrap {number}");
}
