using System.Globalization;
using Crdt.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Crdt.Bench.Generator;

/// <summary>What the generator adds to a build of a large project, and to every key pressed in an editor, by the compiler's own clock.</summary>
internal static class GeneratorRun
{
    private const int Classes = 500;
    private const int WarmUps = 3;
    private const int Runs = 15;

    public static void Print(TextWriter output)
    {
        var project = new LargeProject(Classes);
        var cold = First(project.Open(), out _);
        Report(output, "first build, nothing compiled yet", [cold]);
        Report(output, "first build", Repeat(_ => First(project.Open(), out var __)));
        var compilation = project.Open();
        First(compilation, out var driver);
        Report(output, "edit in a method of an unrelated file", Repeat(round => Next(ref driver, LargeProject.EditMethod(compilation, round))));
        Report(output, "member added in an unrelated file", Repeat(round => Next(ref driver, LargeProject.AddMember(compilation, round))));
    }

    private static TimeSpan First(CSharpCompilation project, out GeneratorDriver driver)
    {
        driver = CSharpGeneratorDriver.Create([new CrdtGenerator().AsSourceGenerator()], parseOptions: LargeProject.LanguageOptions);
        return Next(ref driver, project);
    }

    private static TimeSpan Next(ref GeneratorDriver driver, CSharpCompilation project)
    {
        GC.Collect();
        driver = driver.RunGenerators(project);
        var result = driver.GetRunResult().Results[0];
        if (result.GeneratedSources.Length != Classes + 1 || result.Diagnostics.Length > 0)
            throw new InvalidOperationException("The generator came to a wrong result, so its time says nothing.");
        return driver.GetTimingInfo().GeneratorTimes[0].ElapsedTime;
    }

    private static List<TimeSpan> Repeat(Func<int, TimeSpan> run)
    {
        for (var round = -WarmUps; round < 0; round++) run(round);
        return [.. Enumerable.Range(0, Runs).Select(run).Order()];
    }

    private static void Report(TextWriter output, string name, List<TimeSpan> times) => output.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"  {name,-40}median {times[times.Count / 2].TotalMilliseconds,8:N1} ms, least {times[0].TotalMilliseconds,8:N1} ms  ({times.Count} runs)"));
}
