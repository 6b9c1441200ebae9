using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Crdt.Tests.AspNetCore.Scenes;

/// <summary>Keeps what is logged.</summary>
internal sealed class KeptLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>What was logged so far.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>Waits until a line is logged: a peer may see the end of a connection before the hub has said why.</summary>
    public async Task SeenAsync(Predicate<string> line)
    {
        for (var i = 0; i < 1000 && !_lines.Any(logged => line(logged)); i++) await Task.Delay(10);
        Assert.Contains(_lines, line);
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel}: {formatter(state, exception)}");

    public void Dispose()
    {
    }
}
