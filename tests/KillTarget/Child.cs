using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Crdt.Tests.KillTarget;

/// <summary>This program once more, as a process of its own.</summary>
internal sealed class Child : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private const int MostErrors = 5;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _errors = new();

    public Child(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Crdt.Tests.KillTarget.dll"));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, line) => // It must not fill up.
        {
            if (line.Data is { } error && _errors.Count < MostErrors) _errors.Enqueue(error);
        };
        _process.BeginErrorReadLine();
    }

    /// <summary>The first lines that it wrote to its standard error, once it has ended.</summary>
    public IEnumerable<string> Errors => _errors;

    public Task<string?> ReadLineAsync() => _process.StandardOutput.ReadLineAsync();

    /// <summary>SIGKILL. Gives the last number that it had printed, or a number from before where it printed none.</summary>
    public async Task<long> KillAsync(long before)
    {
        _process.Kill();
        var rest = (await _process.StandardOutput.ReadToEndAsync()).Split('\n');
        await _process.WaitForExitAsync();
        // A line without its end was cut off.
        return rest[..^1].Where(line => long.TryParse(line, CultureInfo.InvariantCulture, out _)).Select(line => long.Parse(line, CultureInfo.InvariantCulture)).DefaultIfEmpty(before).Last();
    }

    /// <summary>Waits for its end; gives the exit code and the last line. One that goes on for ever is killed, as its user would do.</summary>
    public async Task<(int Code, string LastLine)> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        await using var impatience = limit.Token.Register(_process.Kill);
        var output = await _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        await _process.WaitForExitAsync();
        return (_process.ExitCode, output.TrimEnd().Split('\n')[^1]);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
