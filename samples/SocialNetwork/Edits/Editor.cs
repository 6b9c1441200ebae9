using Crdt.Samples.SocialNetwork.Model;
using Crdt.Sync;

namespace Crdt.Samples.SocialNetwork.Edits;

/// <summary>Carries a plan out on both replicas, which know nothing of each other meanwhile.</summary>
internal sealed class Editor(EditPlan plan, GraphReplica office, GraphReplica laptop)
{
    private const string OfficeJob = "edits of the office", LaptopJob = "edits of the laptop";

    /// <summary>What each replica notes down of its progress.</summary>
    public static IEnumerable<(string Job, int Done)> Checkpoints(EditPlan plan) => [(OfficeJob, plan.Office.Count), (LaptopJob, plan.Laptop.Count)];

    /// <summary>Whether anything of the plan has been carried out.</summary>
    public async Task<bool> HasBegunAsync(CancellationToken cancellationToken) =>
        await office.GetAsync<Checkpoint>(OfficeJob, cancellationToken) is not null;

    /// <summary>Carries out what hasn't been carried out yet, in turns.</summary>
    public async Task RunAsync(Action<long> progress, CancellationToken cancellationToken)
    {
        var done = 0L;
        for (var batch = 0; batch < plan.Batches; batch++)
        {
            progress(done += await RunAsync(office, OfficeJob, plan.Office, batch, cancellationToken));
            progress(done += await RunAsync(laptop, LaptopJob, plan.Laptop, batch, cancellationToken));
        }
    }

    /// <summary>One batch is one transaction, together with the note that it is done. One that has been done before is passed over.</summary>
    private async Task<int> RunAsync(GraphReplica replica, string job, IReadOnlyList<Edit> edits, int batch, CancellationToken cancellationToken)
    {
        Edit[] mine = [.. plan.Batch(edits, batch)];
        await using var tx = await replica.BeginAsync(cancellationToken);
        var checkpoint = await tx.GetAsync<Checkpoint>(job, cancellationToken) ?? tx.Add<Checkpoint>(job);
        if (mine.Length == 0 || checkpoint.Done > batch * plan.BatchSize) return mine.Length;
        foreach (var edit in mine) await edit.ApplyAsync(tx, cancellationToken);
        checkpoint.Done += mine.Length;
        await tx.CommitAsync(cancellationToken);
        return mine.Length;
    }
}
