namespace Crdt.Cli;

/// <summary>Why a verb can't go on, with what to do about it.</summary>
internal sealed class ToolException(ExitCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    public ExitCode Code { get; } = code;
}
