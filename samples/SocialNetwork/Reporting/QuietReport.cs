namespace Crdt.Samples.SocialNetwork.Reporting;

/// <summary>Says nothing but the last word.</summary>
internal sealed class QuietReport(TextWriter output) : IReport
{
    public void Begin(string part)
    {
    }

    public Task TrackAsync(string unit, long total, Func<Action<long>, Task> work) => work(_ => { });

    public void Say(string text)
    {
    }

    public void Show(string[] headings, IEnumerable<string[]> rows)
    {
    }

    public void Conclude(bool identical, IReadOnlyList<string> reasons)
    {
        foreach (var reason in reasons) output.WriteLine(reason);
        output.WriteLine(Format.Verdict(identical));
    }
}
