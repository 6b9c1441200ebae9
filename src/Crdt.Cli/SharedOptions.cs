using System.CommandLine;

namespace Crdt.Cli;

/// <summary>Options that several verbs have.</summary>
internal static class SharedOptions
{
    /// <summary>Where the replica is if no option says it.</summary>
    public const string ReplicaVariable = "CRDT_REPLICA";

    public static Option<bool> Json { get; } = new("--json") { Description = "Report as one JSON object on standard output, for scripts." };

    public static Option<string> Replica { get; } = new("--replica", "-r")
    {
        Description = $"The folder of the replica; by default the one that {ReplicaVariable} names, or the current one.",
        HelpName = "folder",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(ReplicaVariable) is { Length: > 0 } folder ? folder : ".",
    };

    public static Option<string?> Name { get; } = new("--name") { Description = "What the replica is called; by default as the machine and its folder.", HelpName = "name" };
}
