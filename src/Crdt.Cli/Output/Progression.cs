namespace Crdt.Cli.Output;

/// <summary>Says once a second how far something has come; nothing where it is done within the first. On a terminal it stays on one line.</summary>
internal sealed class Progression : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private readonly string _what;
    private readonly TextWriter _output;
    private readonly Timer _timer;
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private readonly bool _isTerminal = !Console.IsErrorRedirected;
    private volatile string _state = "";
    private int _width;

    public Progression(string what, TextWriter output)
    {
        (_what, _output) = (what, output);
        _timer = new(_ => Show(), null, Pace, Pace);
    }

    /// <summary>Says how far it is.</summary>
    public void Report(string state) => _state = state;

    /// <summary>Says how much of something is done.</summary>
    public void Report(long done, long total, string unit) => Report(total > 0 ? $"{done:N0} of {total:N0} {unit} ({100 * done / total} %)" : $"{done:N0} {unit}");

    public void Dispose()
    {
        _timer.Dispose();
        if (_width > 0 && _isTerminal) _output.Write($"\r{new string(' ', _width)}\r");
    }

    private void Show()
    {
        var line = $"{_what}: {(int)TimeProvider.System.GetElapsedTime(_start).TotalSeconds} s{(_state.Length == 0 ? "" : ", " + _state)}";
        if (_isTerminal) _output.Write($"\r{line.PadRight(_width)}");
        else _output.WriteLine(line);
        _width = Math.Max(_width, line.Length);
    }
}
