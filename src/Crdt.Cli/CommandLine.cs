using System.CommandLine;
using Crdt.Cli.Output;
using Crdt.Cli.Verbs;

namespace Crdt.Cli;

/// <summary>The verbs of the tool, and what is common to them.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var result = Create().Parse(arguments);
        var code = await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
        return result.Errors.Count > 0 ? (int)ExitCode.Usage : code;
    }

    private static RootCommand Create() => new("Replicas of graphs that work offline and come to agree.")
    {
        InitVerb.Create(),
        AdoptVerb.Create(),
        CypherVerb.Create(),
        CaptureVerb.Create(),
        ServeVerb.Create(),
        EnrollVerb.Create(),
        RevokeVerb.Create(),
        SyncVerb.Create(),
        WatchVerb.Create(),
        StatusVerb.Create(),
        DiffVerb.Create(),
        ConflictsVerb.Create(),
        TransactionsVerb.Create(),
        LogVerb.Create(),
        VerifyVerb.Create(),
        RebuildVerb.Create(),
    };

    /// <summary>Says what a verb does, and makes of every failure a message and an exit code.</summary>
    public static Command Does(this Command verb, Func<Invocation, Task<ExitCode>> work)
    {
        verb.Options.Add(SharedOptions.Json);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var output = new ToolOutput(isJson: parsed.GetValue(SharedOptions.Json));
            try
            {
                return (int)await work(new(parsed, output, cancellationToken)).ConfigureAwait(false);
            }
            catch (Exception error) when (Failure.Of(error) is { } failure)
            {
                output.Fail(failure);
                return (int)failure.Code;
            }
        });
        return verb;
    }
}
