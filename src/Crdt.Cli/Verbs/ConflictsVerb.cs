using System.CommandLine;

namespace Crdt.Cli.Verbs;

/// <summary><c>crdt conflicts</c>: what concurrent writes have left for a person to look at.</summary>
internal static class ConflictsVerb
{
    public static Command Create() => new("conflicts", "List, show and settle what concurrent writes have left.")
    {
        ConflictsListVerb.Create(),
        ConflictsShowVerb.Create(),
        ConflictsSettleVerb.Create(),
    };
}
