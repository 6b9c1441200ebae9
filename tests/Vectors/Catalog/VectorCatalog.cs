namespace Crdt.Tests.Vectors.Catalog;

/// <summary>All vectors, by the file that has them.</summary>
internal static class VectorCatalog
{
    public static IReadOnlyDictionary<string, IReadOnlyList<Vector>> Files { get; } = new Dictionary<string, IReadOnlyList<Vector>>
    {
        ["values"] = [.. ValueVectors.All()],
        ["identities"] = [.. IdentityVectors.All()],
        ["liveness"] = [.. LivenessVectors.All()],
        ["registers"] = [.. RegisterVectors.All()],
        ["counters"] = [.. CounterVectors.All()],
        ["collections"] = [.. CollectionVectors.All()],
        ["contexts"] = [.. ContextVectors.All()],
        ["unknown"] = [.. UnknownVectors.All()],
        ["schemas"] = [.. SchemaVectors.All()],
        ["joins"] = [.. JoinVectors.All()],
    };

    public static IReadOnlyList<Subject> Subjects => Catalog.Subjects.All;
}
