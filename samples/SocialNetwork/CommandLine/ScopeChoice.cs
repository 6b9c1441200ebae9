using Crdt.Samples.SocialNetwork.Dataset;

namespace Crdt.Samples.SocialNetwork.CommandLine;

/// <summary>Works out what a run is about: from the command line, or from the run that it goes on with.</summary>
internal static class ScopeChoice
{
    private const string DefaultData = "artifacts/kuzu/0.11.3/dataset/ldbc-sf01";
    private const int DefaultBatch = 2000;

    /// <exception cref="UsageException">The options contradict the earlier run, or there is none.</exception>
    public static Scope Make(DemoOptions options, WorkFolder work)
    {
        if (!options.Resume && !options.VerifyOnly) return FromOptions(options);
        var earlier = work.Scope();
        Demand(!options.All || earlier.All, "--all");
        Demand(options.Data is null || Path.GetFullPath(options.Data) == earlier.Data, "--data");
        Demand((options.Seed ?? earlier.Seed) == earlier.Seed, "--seed");
        Demand((options.Limit ?? earlier.Limit) == earlier.Limit, "--limit");
        Demand((options.Batch ?? earlier.Batch) == earlier.Batch, "--batch");
        return earlier;
    }

    /// <exception cref="UsageException">There is no data set.</exception>
    public static LdbcData OpenData(Scope scope)
    {
        try
        {
            return LdbcData.Open(scope);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"'{scope.Data}' doesn't hold the data set; 'eng/kuzu/prepare --data' fetches it, and --data names another folder");
        }
    }

    private static Scope FromOptions(DemoOptions options) => new(
        Path.GetFullPath(options.Data ?? RepositoryRoot.Resolve(DefaultData)), options.All, options.Seed ?? 1, options.Limit, options.Batch ?? DefaultBatch);

    private static void Demand(bool agrees, string option)
    {
        if (!agrees) throw new UsageException($"{option} differs from the run that is in the work folder; leave it out, or start a new run");
    }
}
