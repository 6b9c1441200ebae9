using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;

namespace Crdt.Tests.Network;

/// <summary>A program that a test starts, talks to, and kills.</summary>
internal sealed class PlayedProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly Process _process;
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();
    private readonly Task _reading;

    /// <param name="program">The program beside the tests.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="told">Is told each line; whether it is no answer to anybody.</param>
    public PlayedProcess(string program, IEnumerable<string> arguments, Func<string, bool>? told = null)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += (_, line) => Errors.Enqueue(line.Data ?? "");
        _process.BeginErrorReadLine();
        _reading = ReadAsync(told ?? (static _ => false));
    }

    public ConcurrentQueue<string> Errors { get; } = new();

    public bool HasExited => _process.HasExited;

    /// <summary>Waits for a line that begins so, passing over others, and gives the rest of it.</summary>
    public async Task<string> AwaitAsync(string beginning)
    {
        while (true)
        {
            var line = await NextAsync();
            if (line.StartsWith(beginning, StringComparison.Ordinal)) return line[beginning.Length..].Trim();
        }
    }

    /// <summary>The next line that answers something.</summary>
    public async Task<string> NextAsync()
    {
        try
        {
            return await _answers.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        }
        catch (Exception error) when (error is ChannelClosedException or TimeoutException)
        {
            throw new InvalidOperationException($"The program {(HasExited ? "ended" : "says nothing")}: {string.Join('\n', Errors.TakeLast(20))}", error);
        }
    }

    public void Say(string command) => _process.StandardInput.WriteLine(command);

    /// <summary>Ends it by SIGKILL; what it had written by then has been read when this returns.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task WaitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _reading;
    }

    /// <summary>Ends it in good order.</summary>
    public async Task EndAsync()
    {
        if (OperatingSystem.IsWindows()) _process.Kill();
        else Process.Start("kill", ["-TERM", $"{_process.Id}"]).Dispose();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _reading;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private async Task ReadAsync(Func<string, bool> told)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!told(line)) _answers.Writer.TryWrite(line);
        }

        _answers.Writer.Complete();
    }
}
