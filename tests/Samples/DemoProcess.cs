using System.Diagnostics;

namespace Crdt.Tests.Samples;

/// <summary>The demo, or another sample, as its users run it: a process, its lines, its exit code.</summary>
internal sealed class DemoProcess : IDisposable
{
    private const string Demo = "Crdt.Samples.SocialNetwork";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private readonly List<string> _lines = [];

    private DemoProcess(string program, IEnumerable<string> arguments)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _errors = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Runs another sample to its end.</summary>
    public static async Task<DemoResult> RunProgramAsync(string program)
    {
        using var sample = new DemoProcess(program, []);
        return await sample.EndAsync();
    }

    /// <summary>Runs the demo to its end.</summary>
    public static async Task<DemoResult> RunAsync(params IEnumerable<string> arguments)
    {
        using var demo = new DemoProcess(Demo, arguments);
        return await demo.EndAsync();
    }

    /// <summary>Runs the demo, and ends it by SIGKILL some time after it has begun with one of its parts.</summary>
    /// <param name="part">How the heading of the part begins.</param>
    /// <param name="after">How long after the heading.</param>
    /// <param name="arguments">The demo's arguments.</param>
    public static async Task<DemoResult> KillAsync(string part, TimeSpan after, IEnumerable<string> arguments)
    {
        using var demo = new DemoProcess(Demo, arguments);
        while (await demo.ReadAsync() is { } line)
        {
            if (!line.StartsWith($"== {part}", StringComparison.Ordinal)) continue;
            await Task.Delay(after);
            demo._process.Kill();
            break;
        }

        return await demo.EndAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }

    private async Task<DemoResult> EndAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await ReadAsync() is not null)
        {
        }

        await _process.WaitForExitAsync(patience.Token);
        return new(_process.ExitCode, _lines, await _errors);
    }

    private async Task<string?> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var line = await _process.StandardOutput.ReadLineAsync(patience.Token);
        if (line is not null) _lines.Add(line);
        return line;
    }
}
