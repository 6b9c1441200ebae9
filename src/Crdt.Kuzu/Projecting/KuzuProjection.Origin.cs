using Crdt.Clocks;
using Crdt.Projection;

namespace Crdt.Kuzu.Projecting;

internal sealed partial class KuzuProjection : IProjectionOrigin
{
    public ReplicaId? Origin { get; private set; }

    public async ValueTask MarkOriginAsync(ReplicaId origin, CancellationToken cancellationToken = default)
    {
        await Task.Run(() => Mark(origin), cancellationToken).ConfigureAwait(false);
        Origin = origin;
    }

    private void Mark(ReplicaId origin)
    {
        try
        {
            WatermarkTable.WriteOrigin(Writer, origin);
        }
        catch (Binding.KuzuException error)
        {
            throw new ProjectionException($"What says whose data the graph database shows can't be written: {error.Message}", error);
        }
    }
}
