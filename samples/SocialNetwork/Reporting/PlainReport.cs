using System.Diagnostics;

namespace Crdt.Samples.SocialNetwork.Reporting;

/// <summary>Plain lines, for a log or another program to read.</summary>
internal sealed class PlainReport(TextWriter output) : IReport
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public void Begin(string part) => output.WriteLine($"{Environment.NewLine}== {part}");

    public Task TrackAsync(string unit, long total, Func<Action<long>, Task> work)
    {
        var (pace, since) = (new Pace(), Stopwatch.StartNew());
        return work(done =>
        {
            pace.Reach(done);
            if (since.Elapsed < Interval) return;
            since.Restart();
            output.WriteLine($"   {Format.Count(done)} of {Format.Count(total)} {unit}, {pace} {unit}/s");
        });
    }

    public void Say(string text) => output.WriteLine($"   {text}");

    public void Show(string[] headings, IEnumerable<string[]> rows)
    {
        var lines = rows.Prepend(headings).ToList();
        var widths = headings.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        var isNumeric = headings.Select((_, column) => lines.Exists(line => Format.IsNumber(line[column]))).ToArray();
        foreach (var line in lines)
            output.WriteLine("   " + string.Join("  ", line.Select((cell, column) => isNumeric[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }

    public void Conclude(bool identical, IReadOnlyList<string> reasons)
    {
        foreach (var reason in reasons) output.WriteLine(reason);
        output.WriteLine(Format.Verdict(identical));
    }
}
