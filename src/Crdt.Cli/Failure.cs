using Crdt.Codec;
using Crdt.Kuzu.Adopting;
using Crdt.Projection;
using Crdt.Storage;
using Crdt.Sync.Gossip;
using Crdt.Sync.Sessions;

namespace Crdt.Cli;

/// <summary>What went wrong, for people and for scripts.</summary>
/// <param name="Code">What the tool ends with.</param>
/// <param name="Kind">What it is called in <c>--json</c>.</param>
/// <param name="Message">What happened, and what to do.</param>
internal sealed record Failure(ExitCode Code, string Kind, string Message)
{
    /// <summary>What an exception means; null for one that is a mistake of this program.</summary>
    public static Failure? Of(Exception error) => error switch
    {
        ToolException tool => new(tool.Code, tool.Code.ToString(), tool.Message),
        PeerRefusedException refused => new(ExitCode.Refused, refused.Kind, refused.Message),
        SessionException session => new(ExitCode.Refused, session.Reason.ToString(), session.Message),
        StoreException or AdoptionException => new(ExitCode.Replica, "Replica", error.Message),
        ProjectionException => new(ExitCode.Failed, "GraphDatabase", error.Message),
        WireFormatException => new(ExitCode.Failed, "Malformed", error.Message),
        DllNotFoundException => new(ExitCode.Failed, "Engine", error.Message),
        OperationCanceledException => new(ExitCode.Interrupted, "Interrupted", "Interrupted; what was done until then is kept."),
        HttpRequestException => new(ExitCode.Unreachable, "Unreachable", error.Message),
        FileNotFoundException or DirectoryNotFoundException => new(ExitCode.Failed, "Files", error.Message),
        IOException => new(ExitCode.Unreachable, "Unreachable", error.Message),
        UnauthorizedAccessException => new(ExitCode.Failed, "Files", error.Message),
        ArgumentException or FormatException or InvalidOperationException => new(ExitCode.Failed, "Failed", error.Message),
        _ => null,
    };
}
