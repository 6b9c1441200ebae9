using System.Runtime.Versioning;
using Crdt.Samples.Browser.Sharing;
using Crdt.Sync;

namespace Crdt.Samples.Browser.Answers;

/// <summary>How the replica stands.</summary>
/// <param name="Replica">Its id, shortened.</param>
/// <param name="IsOffline">Whether it was declared offline.</param>
/// <param name="IsConnected">Whether the last session with the hub succeeded.</param>
/// <param name="Problem">Why not, where it isn't and should be.</param>
/// <param name="Waiting">How many changes no peer is known to have.</param>
/// <param name="Conflicts">How many conflicts there are to settle.</param>
/// <param name="Prepared">How much of the graph database is there, in hundredths, while it is being made anew; null otherwise.</param>
[SupportedOSPlatform("browser")]
internal sealed record StateAnswer(string Replica, bool IsOffline, bool IsConnected, string? Problem, long Waiting, int Conflicts, int? Prepared)
{
    public static async Task<StateAnswer> OfAsync(SharedGraph graph)
    {
        var waiting = await graph.Replica.OfflineQueue.MeasureAsync();
        var conflicts = await graph.Replica.ConflictsAsync().CountAsync();
        return new(Short.Of(graph.Replica.Id), graph.Replica.IsOffline, graph.Link.IsConnected, graph.Link.Problem, waiting.Operations, conflicts, PreparedOf(graph.Replica));
    }

    private static int? PreparedOf(GraphReplica replica) => replica.Rebuilding is { } rebuilding ? (int)(100 * rebuilding.Done / Math.Max(1, rebuilding.Total)) : null;
}
