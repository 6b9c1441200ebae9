using System.Diagnostics;
using Crdt.Kuzu;
using Crdt.Samples.SocialNetwork.CommandLine;
using Crdt.Samples.SocialNetwork.Dataset;
using Crdt.Samples.SocialNetwork.Edits;
using Crdt.Samples.SocialNetwork.Import;
using Crdt.Samples.SocialNetwork.Model;
using Crdt.Samples.SocialNetwork.Reporting;
using Crdt.Samples.SocialNetwork.Verdict;
using Crdt.Sqlite;
using Crdt.Sync;

namespace Crdt.Samples.SocialNetwork;

/// <summary>The whole story: import, sync, two offline edits of one graph, sync, and the proof that both hold the same.</summary>
internal sealed class Demo(DemoOptions options, IReport report)
{
    private readonly WorkFolder _work = new(options.Work ?? RepositoryRoot.Resolve("artifacts/demo"));

    /// <returns>Whether both replicas hold the same, and what they have to hold.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var resources = new ResourceWatch();
        var scope = ScopeChoice.Make(options, _work);
        var data = ReadData(scope);
        var plan = EditPlanner.Plan(data, scope.Seed, Math.Max(1, scope.Batch / 4));
        if (!options.VerifyOnly)
        {
            _work.Begin(scope, options.Resume);
            await ReplicateAsync(data, plan, scope, cancellationToken);
        }

        if (options.Tamper) Tampering.Apply(_work.GraphOf(WorkFolder.Laptop));
        var reasons = Compare(data, plan, cancellationToken);
        report.Begin("In all");
        foreach (var line in resources.Describe()) report.Say(line);
        report.Conclude(reasons.Count == 0, reasons);
        return reasons.Count == 0;
    }

    private LdbcData ReadData(Scope scope)
    {
        report.Begin("The data set");
        var time = Stopwatch.StartNew();
        var data = ScopeChoice.OpenData(scope);
        var surveys = data.Surveys.Values;
        var (nodes, relationships) = (RowsOf(table => !table.IsRelationship), RowsOf(table => table.IsRelationship));
        report.Say($"{Format.Count(nodes)} nodes and {Format.Count(relationships)} relationships in {data.Tables.Count} tables, read in {Format.Seconds(time.Elapsed)}");
        report.Say($"left out: {Format.Count(surveys.Sum(survey => survey.Duplicates))} duplicates, {Format.Count(surveys.Sum(survey => survey.Dangling))} relationships without an end");
        return data;

        long RowsOf(Func<GraphTable, bool> condition) => data.Tables.Where(condition).Sum(table => data.Surveys[table.Name].Rows);
    }

    private async Task ReplicateAsync(LdbcData data, EditPlan plan, Scope scope, CancellationToken cancellationToken)
    {
        await using var office = await OpenAsync(WorkFolder.Office, cancellationToken);
        await using var laptop = await OpenAsync(WorkFolder.Laptop, cancellationToken);
        var (importer, editor, sync) = (new Importer(data, scope.Batch), new Editor(plan, office, laptop), new SyncStep(office, laptop, report));
        await ImportAsync(importer, data.RowCount, office, cancellationToken);
        if (!await editor.HasBegunAsync(cancellationToken))
            await sync.RunAsync("First sync: the laptop is empty", importer.Transactions, data.RowCount, cancellationToken);
        await EditAsync(plan, editor, cancellationToken);
        await sync.RunAsync("Second sync: both have changed", plan.Batches, plan.Office.Count + plan.Laptop.Count, cancellationToken);
        await new ConflictStep(office, laptop, plan, new(data, plan), report).RunAsync(cancellationToken);
    }

    /// <summary>A replica is a SQLite file with the truth, and a Kuzu database that shows it.</summary>
    private Task<GraphReplica> OpenAsync(string name, CancellationToken cancellationToken) => GraphReplica.OpenAsync(
        name,
        SocialNetworkSchema.Instance,
        replica =>
        {
            replica.Folder = _work.FolderOf(name);
            replica.UseSqlite().UseKuzu();
        },
        cancellationToken);

    private async Task ImportAsync(Importer importer, long rows, GraphReplica office, CancellationToken cancellationToken)
    {
        report.Begin("Import into the office");
        var (time, added) = (Stopwatch.StartNew(), 0L);
        await report.TrackAsync("rows", rows, async progress =>
        {
            added = await importer.RunAsync(office, progress, cancellationToken);
            await office.ProjectedAsync(cancellationToken);
        });
        report.Say($"{Format.Count(added)} rows in {Format.Seconds(time.Elapsed)}, until Kuzu shows the last ({Format.Rate(added, time.Elapsed)} rows/s)");
    }

    private async Task EditAsync(EditPlan plan, Editor editor, CancellationToken cancellationToken)
    {
        report.Begin("Both are offline and edit");
        var time = Stopwatch.StartNew();
        await report.TrackAsync("edits", plan.Office.Count + plan.Laptop.Count, progress => editor.RunAsync(progress, cancellationToken));
        report.Show(["edits", "office", "laptop"], EditStatistics.Of(plan));
        report.Say($"done in {Format.Seconds(time.Elapsed)}");
    }

    private List<string> Compare(LdbcData data, EditPlan plan, CancellationToken cancellationToken)
    {
        report.Begin("Comparison of the two Kuzu databases, row by row");
        var time = Stopwatch.StartNew();
        var verdicts = new List<TableVerdict>();
        using (GraphFile office = new(_work.GraphOf(WorkFolder.Office)), laptop = new(_work.GraphOf(WorkFolder.Laptop)))
        {
            foreach (var verdict in new Verifier(data, plan).Compare(office, laptop))
            {
                cancellationToken.ThrowIfCancellationRequested();
                verdicts.Add(verdict);
            }
        }

        report.Show(
            ["table", "office", "laptop", "expected", "same"],
            verdicts.Where(verdict => verdict is not { Office: 0, Laptop: 0, Expected: 0 }).Select(Line));
        report.Say($"{Format.Count(verdicts.Sum(verdict => verdict.Office))} rows on each side compared in {Format.Seconds(time.Elapsed)}");
        return [.. verdicts.Where(verdict => verdict.Objection is not null).Select(verdict => $"{verdict.Table}: {verdict.Objection}")];

        static string[] Line(TableVerdict verdict) =>
        [
            verdict.Table, Format.Count(verdict.Office), Format.Count(verdict.Laptop), Format.Count(verdict.Expected), verdict.Objection is null ? "yes" : "NO",
        ];
    }
}
