namespace Crdt.Cli.Output;

/// <summary>Is told on the thread that reports, in order; the framework's own would post to the pool.</summary>
internal sealed class ActualProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
