namespace Crdt.Tests.Samples;

/// <summary>Where <c>eng/kuzu/prepare</c> has put the data set.</summary>
internal static class DataSet
{
    public static string Folder { get; } = Path.Combine(Root(), "artifacts", "kuzu", "0.11.3", "dataset", "ldbc-sf01");

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("The tests have to lie in the repository, whose data set they read.");
    }
}
