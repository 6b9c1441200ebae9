using Spectre.Console;

namespace Crdt.Samples.SocialNetwork.Reporting;

/// <summary>Colours, tables and moving bars, for a person at a terminal.</summary>
internal sealed class LiveReport(IAnsiConsole console) : IReport
{
    public void Begin(string part)
    {
        console.WriteLine();
        console.Write(new Rule($"[bold]{part.EscapeMarkup()}[/]").LeftJustified());
    }

    public Task TrackAsync(string unit, long total, Func<Action<long>, Task> work) => console.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
        .StartAsync(async context =>
        {
            var (pace, task) = (new Pace(), context.AddTask(unit.EscapeMarkup(), maxValue: Math.Max(total, 1)));
            await work(done =>
            {
                pace.Reach(done);
                task.Value = done;
                task.Description = $"{Format.Count(done)} of {Format.Count(total)} {unit}, {pace} {unit}/s".EscapeMarkup();
            });
        });

    public void Say(string text) => console.WriteLine(text);

    public void Show(string[] headings, IEnumerable<string[]> rows)
    {
        var lines = rows.ToList();
        var table = new Table().RoundedBorder();
        for (var column = 0; column < headings.Length; column++)
        {
            var isNumeric = lines.Exists(line => Format.IsNumber(line[column]));
            table.AddColumn(new TableColumn(headings[column].EscapeMarkup()) { Alignment = isNumeric ? Justify.Right : Justify.Left });
        }

        foreach (var line in lines) table.AddRow([.. line.Select(cell => cell.EscapeMarkup())]);
        console.Write(table);
    }

    public void Conclude(bool identical, IReadOnlyList<string> reasons)
    {
        console.WriteLine();
        foreach (var reason in reasons) console.WriteLine(reason, new Style(Color.Red));
        console.WriteLine(Format.Verdict(identical), new Style(identical ? Color.Green : Color.Red, decoration: Decoration.Bold));
    }
}
