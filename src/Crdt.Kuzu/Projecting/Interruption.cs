using Crdt.Kuzu.Binding;

namespace Crdt.Kuzu.Projecting;

/// <summary>
/// Interrupts what a connection runs once it is cancelled, until this is disposed of. A statement that begins forgets an interrupt from
/// before, so one is not enough: it may come too early.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly KuzuConnection _connection;
    private readonly CancellationTokenRegistration _registration;
    private Timer? _timer;
    private bool _isOver;

    public Interruption(KuzuConnection connection, CancellationToken cancellationToken)
    {
        _connection = connection;
        _registration = cancellationToken.Register(Begin);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
            _timer?.Dispose();
        }

        _registration.Dispose();
    }

    private void Begin()
    {
        lock (_lock)
        {
            if (!_isOver) _timer = new(_ => Interrupt(), null, TimeSpan.Zero, Period);
        }
    }

    // A timer's last tick may come after it was disposed of, when the connection is gone too.
    private void Interrupt()
    {
        lock (_lock)
        {
            if (!_isOver) _connection.Interrupt();
        }
    }
}
