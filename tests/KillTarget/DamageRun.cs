namespace Crdt.Tests.KillTarget;

/// <summary>
/// Damages the graph database and its log, and demands that it is opened or made anew and then shows the truth. Half of the files were
/// closed, half were left by a process that was killed. The engine can die of what it finds in the latter; then the next opening has to do.
/// </summary>
internal sealed class DamageRun(int rounds, int seed)
{
    private const int Commits = 300, MostMilliseconds = 400, LongestDamage = 4096;

    private readonly Random _random = new(seed);
    private readonly string _folder = Directory.CreateTempSubdirectory("crdt-damage-").FullName;
    private long _rebuilt, _died, _differences, _broken;

    public async Task<bool> RunAsync()
    {
        var (closed, killed) = (Path.Combine(_folder, "closed"), Path.Combine(_folder, "killed"));
        await FillAsync(closed, kill: false);
        await FillAsync(killed, kill: true);
        for (var round = 0; round < rounds; round++) await DamageAsync(round % 2 == 0 ? closed : killed);
        Directory.Delete(_folder, recursive: true);
        Console.WriteLine($"seed {seed}, damages {rounds}, rebuilt {_rebuilt}, engine died {_died}, differences {_differences}, not opened {_broken}");
        return _differences + _broken == 0;
    }

    /// <summary>A replica with some hundred commits, whose process closed it or was killed.</summary>
    private async Task FillAsync(string folder, bool kill)
    {
        await using (var replica = await Work.OpenAsync(folder))
        {
            for (var number = 1; number <= Commits; number++) await Work.CommitAsync(replica, number);
        }

        if (!kill) return;
        using var writer = new Child("write", folder);
        while (await writer.ReadLineAsync() is { } line && line == "open")
        {
        }

        await Task.Delay(_random.Next(MostMilliseconds));
        await writer.KillAsync(0);
    }

    private async Task DamageAsync(string original)
    {
        var folder = Path.Combine(_folder, "damaged");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(original)) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        var said = DamageOne(folder);
        for (var attempt = 1; ; attempt++)
        {
            using var check = new Child("check", folder);
            var (code, line) = await check.EndAsync();
            if (code == 0)
            {
                Count(Examination.Parse(line), $"{Path.GetFileName(original)}: {said}", check.Errors);
                break;
            }

            // Died by a signal, which nothing can catch, or killed for going on for ever; a second death, or an error, is a failure.
            if (code > 128 && attempt == 1)
            {
                _died++;
                continue;
            }

            _broken++;
            Console.WriteLine($"{Path.GetFileName(original)}: {said}: opening ended with code {code}: {line}");
            break;
        }

        Directory.Delete(folder, recursive: true);
    }

    private void Count(Examination found, string said, IEnumerable<string> differences)
    {
        _rebuilt += found.Rebuilt ? 1 : 0;
        _differences += found.Differences;
        if (found.Differences == 0) return;
        Console.WriteLine($"{said}: {found.Differences} differences, the first of which:");
        foreach (var difference in differences) Console.WriteLine(difference);
    }

    /// <summary>Cuts, zeroes or flips some bytes of one file; says what it did.</summary>
    private string DamageOne(string folder)
    {
        var files = new[] { "graph.kuzu", "graph.kuzu.wal" }.Select(name => Path.Combine(folder, name)).Where(path => File.Exists(path) && new FileInfo(path).Length > 0).ToList();
        var path = files[_random.Next(files.Count)];
        var bytes = File.ReadAllBytes(path);
        var start = _random.Next(bytes.Length);
        var length = Math.Min(1 + _random.Next(LongestDamage), bytes.Length - start);
        var kind = _random.Next(3);
        if (kind == 0) bytes = bytes[..start];
        else if (kind == 1) bytes.AsSpan(start, length).Clear();
        else for (var i = start; i < start + length; i += 1 + _random.Next(64)) bytes[i] ^= (byte)(1 << _random.Next(8));
        File.WriteAllBytes(path, bytes);
        return $"{Path.GetFileName(path)} {(kind == 0 ? "cut" : kind == 1 ? "zeroed" : "flipped")} at {start} of {bytes.Length}, {length} bytes";
    }
}
