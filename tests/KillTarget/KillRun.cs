using System.Globalization;
using Crdt.Projection;
using Crdt.Storage;

namespace Crdt.Tests.KillTarget;

/// <summary>Kills a writing process again and again, and demands that nothing acknowledged is missing and that the graph database shows the truth.</summary>
internal sealed class KillRun(int kills, int seed)
{
    /// <summary>How many kills one replica lives through before there is a new one: what it holds is read after each.</summary>
    private const int KillsEach = 25;

    /// <summary>How many in a hundred are killed while they are still starting or opening their files, and how long after their start.</summary>
    private const int InOpening = 25, OpeningMilliseconds = 500;

    /// <summary>How many commits the others make at most, and how long they live on after the last of them.</summary>
    private const int MostCommits = 80, MostMilliseconds = 30;

    private readonly Random _random = new(seed);
    private long _commits, _missing, _rebuilt, _differences, _broken;

    public async Task<bool> RunAsync()
    {
        for (var done = 0; done < kills; done += KillsEach)
        {
            var folder = Directory.CreateTempSubdirectory("crdt-kill-");
            await RunAsync(folder.FullName, Math.Min(KillsEach, kills - done));
            folder.Delete(recursive: true);
        }

        var passed = _missing + _differences + _broken == 0;
        Console.WriteLine($"seed {seed}, kills {kills}, commits {_commits}, missing {_missing}, rebuilt {_rebuilt}, differences {_differences}, not opened {_broken}");
        return passed;
    }

    private async Task RunAsync(string folder, int count)
    {
        var acknowledged = 0L;
        for (var kill = 0; kill < count; kill++)
        {
            acknowledged = await WriteAndKillAsync(folder, acknowledged);
            if (await ExamineAsync(folder, kill) is not { } found) return;
            _missing += Math.Max(0, acknowledged - found.Commits);
            _differences += found.Differences;
            _rebuilt += found.Rebuilt ? 1 : 0;
            acknowledged = found.Commits;
        }

        _commits += acknowledged;
    }

    private async Task<Examination?> ExamineAsync(string folder, int kill)
    {
        try
        {
            return await Examination.RunAsync(folder);
        }
        catch (Exception error) when (error is StoreException or ProjectionException)
        {
            _broken++;
            Console.WriteLine($"after kill {kill + 1} of a replica: {error.Message}");
            return null;
        }
    }

    private async Task<long> WriteAndKillAsync(string folder, long acknowledged)
    {
        using var writer = new Child("write", folder);
        if (_random.Next(100) < InOpening)
        {
            await Task.Delay(_random.Next(OpeningMilliseconds));
            return await writer.KillAsync(acknowledged);
        }

        // Counted in commits, because time says little about how far a process comes on a busy machine.
        var last = acknowledged;
        for (var lines = _random.Next(1, MostCommits); lines >= 0 && await writer.ReadLineAsync() is { } line; lines--)
            last = long.TryParse(line, CultureInfo.InvariantCulture, out var number) ? number : last;
        await Task.Delay(_random.Next(MostMilliseconds));
        return await writer.KillAsync(last);
    }
}
