namespace Crdt.Sync.Batches;

/// <summary>Takes things apart into columns, one after the other.</summary>
/// <typeparam name="T">The things.</typeparam>
internal interface IColumns<in T> : IDisposable
{
    /// <summary>Adds one.</summary>
    /// <exception cref="Codec.WireFormatException">It has no form that fits into columns. Some columns have parts of it now: all have to be made anew.</exception>
    void Add(T item);

    /// <summary>Adds one that keeps its form and stands elsewhere.</summary>
    void AddRaw();
}
