namespace Crdt.Tests.Samples;

/// <summary>One run from beginning to end, for the tests that look at what it left behind.</summary>
public sealed class FinishedRun : IAsyncLifetime
{
    internal WorkFolder Work { get; } = new();

    internal DemoResult Result { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Result = await DemoProcess.RunAsync(Work.Slice());

    public ValueTask DisposeAsync()
    {
        Work.Dispose();
        return ValueTask.CompletedTask;
    }
}
