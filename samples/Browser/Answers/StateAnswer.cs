using System.Runtime.Versioning;
using Crdt.Samples.Browser.Sharing;

namespace Crdt.Samples.Browser.Answers;

/// <summary>How the replica stands.</summary>
/// <param name="Replica">Its id, shortened.</param>
/// <param name="IsOffline">Whether it was declared offline.</param>
/// <param name="IsConnected">Whether the last session with the hub succeeded.</param>
/// <param name="Problem">Why not, where it isn't and should be.</param>
/// <param name="Waiting">How many changes no peer is known to have.</param>
/// <param name="Conflicts">How many conflicts there are to settle.</param>
[SupportedOSPlatform("browser")]
internal sealed record StateAnswer(string Replica, bool IsOffline, bool IsConnected, string? Problem, long Waiting, int Conflicts)
{
    public static async Task<StateAnswer> OfAsync(SharedGraph graph)
    {
        var waiting = await graph.Replica.OfflineQueue.MeasureAsync();
        var conflicts = await graph.Replica.ConflictsAsync().CountAsync();
        return new(Short.Of(graph.Replica.Id), graph.Replica.IsOffline, graph.Link.IsConnected, graph.Link.Problem, waiting.Operations, conflicts);
    }
}
