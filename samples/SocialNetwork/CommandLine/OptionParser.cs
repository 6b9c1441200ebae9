using System.Globalization;

namespace Crdt.Samples.SocialNetwork.CommandLine;

/// <summary>Reads the command line.</summary>
internal static class OptionParser
{
    public const string Help = """
        Imports a social network into one replica, syncs it to another, edits both while they are offline, syncs again,
        and compares their Kuzu databases row by row. The last line is 'identical: yes' or 'identical: no'.

          --data DIR      the folder with the LDBC data set (default: artifacts/kuzu/0.11.3/dataset/ldbc-sf01)
          --work DIR      where the replicas are kept (default: artifacts/demo); what an earlier run left there is replaced
          --all           all 8 node and 23 relationship tables, 1.8 million rows, in place of the core of the network
          --seed N        what the edits are drawn from (default: 1)
          --limit N       only the first N rows of each file
          --batch N       rows in one transaction (default: 2000)
          --resume        go on where a run was interrupted
          --verify-only   only compare the databases that a run left behind
          --tamper        change one value behind the replicas' back before comparing, to see the comparison fail
          --quiet         print the last line only
          --help          print this

        The exit code is 0 for 'identical: yes', 1 for 'identical: no' or a failure, 2 for a mistake on the command line.
        """;

    /// <exception cref="UsageException">An option is unknown, lacks its value or contradicts another.</exception>
    public static DemoOptions Parse(IEnumerable<string> arguments)
    {
        var options = new DemoOptions();
        using var rest = arguments.GetEnumerator();
        while (rest.MoveNext()) options = Apply(options, rest.Current, rest);
        if (options is { Resume: true, VerifyOnly: true }) throw new UsageException("--resume and --verify-only exclude each other");
        return options;
    }

    private static DemoOptions Apply(DemoOptions options, string name, IEnumerator<string> rest) => name switch
    {
        "--data" => options with { Data = Value(name, rest) },
        "--work" => options with { Work = Value(name, rest) },
        "--all" => options with { All = true },
        "--seed" => options with { Seed = Number(name, rest, int.MinValue) },
        "--limit" => options with { Limit = Number(name, rest, 1) },
        "--batch" => options with { Batch = Number(name, rest, 1) },
        "--resume" => options with { Resume = true },
        "--verify-only" => options with { VerifyOnly = true },
        "--tamper" => options with { Tamper = true },
        "--quiet" => options with { Quiet = true },
        "--help" or "-h" => options with { Help = true },
        _ => throw new UsageException($"'{name}' is no option of this program; --help lists them"),
    };

    private static string Value(string name, IEnumerator<string> rest) =>
        rest.MoveNext() && rest.Current.Length > 0 && !rest.Current.StartsWith("--", StringComparison.Ordinal)
            ? rest.Current
            : throw new UsageException($"{name} needs a value; --help says which");

    private static int Number(string name, IEnumerator<string> rest, int least)
    {
        var text = Value(name, rest);
        var isNumber = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        if (isNumber && number >= least) return number;
        throw new UsageException($"{name} needs a whole number{(least == 1 ? " from 1 up" : "")}, not '{text}'");
    }
}
