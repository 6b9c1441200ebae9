using System.Globalization;
using System.Runtime.InteropServices.JavaScript;
using Crdt.Browser.Interop;
using Crdt.Clocks;
using Crdt.Projection;

namespace Crdt.Browser.Projecting;

/// <content>What is kept of it for the next opening; its worker sees to that, see <c>web/src/graph/keeper.ts</c>.</content>
internal sealed partial class KuzuWasmProjection : IKeptProjection, IProjectionOrigin
{
    private long _shown;

    public long KeptWatermark => _graph is not { } graph ? 0 : GraphEngine.KeptOf(graph) is >= 0 and var kept ? kept : _shown;

    public ReplicaId? Origin { get; private set; }

    /// <remarks>What is kept has it from the next time on. Until then it says whose truth it showed before, which is as good: this one shares it up to that watermark.</remarks>
    public async ValueTask MarkOriginAsync(ReplicaId origin, CancellationToken cancellationToken = default)
    {
        try
        {
            await GraphEngine.MarkAsync(Graph, origin.ToString()).ConfigureAwait(false);
            Origin = origin;
        }
        catch (JSException error)
        {
            throw Refusal(error);
        }
    }

    /// <summary>Takes over what the graph that was opened says of itself.</summary>
    private void TakeOver()
    {
        _shown = GraphEngine.WatermarkOf(Graph);
        Origin = UInt128.TryParse(GraphEngine.OriginOf(Graph), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) ? new ReplicaId(id) : null;
        _isEmpty = _shown == 0;
    }

    /// <summary>Keeps what is worth it, unless somebody still asks: a query may run for long.</summary>
    public async Task KeepLastAsync()
    {
        if (_graph is not { } graph || _asking > 0) return;
        try
        {
            await GraphEngine.EndAsync(graph).ConfigureAwait(false);
        }
        catch (JSException)
        {
            // The next opening goes on from what was kept before, or makes it anew.
        }
    }
}
