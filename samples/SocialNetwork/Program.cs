using Crdt.Kuzu.Binding;
using Crdt.Projection;
using Crdt.Samples.SocialNetwork;
using Crdt.Samples.SocialNetwork.CommandLine;
using Crdt.Samples.SocialNetwork.Reporting;
using Crdt.Storage;
using Crdt.Sync.Sessions;
using Spectre.Console;

using var interruption = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    interruption.Cancel();
};

try
{
    var options = OptionParser.Parse(args);
    if (options.Help)
    {
        Console.WriteLine(OptionParser.Help);
        return 0;
    }

    return await new Demo(options, ReportFor(options)).RunAsync(interruption.Token) ? 0 : 1;
}
catch (UsageException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("interrupted; --resume goes on from here");
    return 1;
}
catch (Exception error) when (error is StoreException or ProjectionException or SessionException or KuzuException or IOException)
{
    Console.Error.WriteLine($"failed: {error.Message}");
    return 1;
}

static IReport ReportFor(DemoOptions options) => options switch
{
    { Quiet: true } => new QuietReport(Console.Out),
    _ when Console.IsOutputRedirected => new PlainReport(Console.Out),
    _ => new LiveReport(AnsiConsole.Console),
};
