using System.Globalization;

namespace Crdt.Tests.KillTarget;

/// <summary>What a replica was found to be after its process died or its files were damaged.</summary>
/// <param name="Commits">How many commits it has.</param>
/// <param name="Rebuilt">Whether its graph database was made anew.</param>
/// <param name="Differences">How many rows of that differ from the truth.</param>
internal sealed record Examination(long Commits, bool Rebuilt, long Differences)
{
    /// <summary>Opens the replica in this process and looks.</summary>
    public static async Task<Examination> RunAsync(string folder)
    {
        await using var replica = await Work.OpenAsync(folder);
        var report = await replica.VerifyAsync();
        foreach (var rebuild in replica.Rebuilds) await Console.Error.WriteLineAsync($"rebuilt: {rebuild.Reason}");
        foreach (var difference in report.Differences) await Console.Error.WriteLineAsync(difference.ToString());
        return new(await Work.CountAsync(replica), replica.Rebuilds.Count > 0, report.Missing + report.Extra + report.Different);
    }

    public static Examination Parse(string line)
    {
        var parts = line.Split(' ');
        return new(long.Parse(parts[0], CultureInfo.InvariantCulture), bool.Parse(parts[1]), long.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Commits} {Rebuilt} {Differences}");
}
