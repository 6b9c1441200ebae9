namespace Crdt.Tests.Fuzz;

/// <summary>Reads the arguments, runs, and tells what was found; the exit code is 1 where something was, and 2 where the arguments say nothing.</summary>
internal static class Program
{
    private const string Usage = "fuzz [--count INPUTS] [--seconds LIMIT] [--seed NUMBER] [--first INDEX] [--threads NUMBER]";

    public static int Main(string[] arguments)
    {
        var options = new Dictionary<string, ulong> { ["--count"] = 200_000, ["--seconds"] = 60, ["--seed"] = (ulong)Random.Shared.NextInt64(), ["--first"] = 0, ["--threads"] = 2 };
        for (var i = 0; i < arguments.Length; i += 2)
        {
            if (i + 1 < arguments.Length && options.ContainsKey(arguments[i]) && ulong.TryParse(arguments[i + 1], out var value))
            {
                options[arguments[i]] = value;
                continue;
            }

            Console.Error.WriteLine(Usage);
            return 2;
        }

        var run = new FuzzRun(options["--seed"], options["--first"], options["--count"], TimeSpan.FromSeconds(options["--seconds"]), (int)options["--threads"]);
        run.Execute(Console.WriteLine);
        return run.Failures.Count == 0 ? 0 : 1;
    }
}
