namespace Crdt.Projection;

/// <summary>
/// A graph database that works in memory and is kept only now and then, so that a crash takes it back to what was kept last. A graph database that offers it beside
/// <see cref="IGraphProjection"/> goes on from there at the next opening.
/// </summary>
public interface IKeptProjection
{
    /// <summary>
    /// The watermark that it would have after a crash now, 0 where nothing is kept yet. Changes beyond it are not forgotten, since they will be asked for again. Where nothing can be kept it is the
    /// watermark that is shown, so that changes aren't remembered in vain; the next opening then makes the database anew. It may rise at any time. O(1).
    /// </summary>
    long KeptWatermark { get; }
}
