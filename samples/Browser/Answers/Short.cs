using Crdt.Clocks;

namespace Crdt.Samples.Browser.Answers;

/// <summary>Ids for people.</summary>
internal static class Short
{
    private const int Length = 6;

    public static string Of(ReplicaId replica) => replica.ToString()[..Length];
}
