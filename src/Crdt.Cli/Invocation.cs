using System.CommandLine;
using Crdt.Cli.Output;
using Crdt.Cli.Replicas;

namespace Crdt.Cli;

/// <summary>One call of a verb.</summary>
/// <param name="Parsed">What was written on the command line.</param>
/// <param name="Output">Where it reports.</param>
/// <param name="Cancellation">Is cancelled by Ctrl-C.</param>
internal sealed record Invocation(ParseResult Parsed, ToolOutput Output, CancellationToken Cancellation)
{
    /// <summary>The folder that <c>--replica</c> names, which need not be there yet.</summary>
    public string Folder => Parsed.GetValue(SharedOptions.Replica)!;

    /// <summary>The replica in that folder.</summary>
    /// <exception cref="ToolException">There is none.</exception>
    public ReplicaHome Home => ReplicaHome.At(Folder);

    /// <summary>The value of an option.</summary>
    public T? Of<T>(Option<T> option) => Parsed.GetValue(option);

    /// <summary>The value of an argument.</summary>
    public T? Of<T>(Argument<T> argument) => Parsed.GetValue(argument);
}
