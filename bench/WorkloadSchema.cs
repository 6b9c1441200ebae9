using Crdt.Schema;

namespace Crdt.Bench;

/// <summary>The types of the workloads.</summary>
internal static class WorkloadSchema
{
    public static GraphSchema Instance { get; } = new("bench", 1, Person.EntityType, Knows.EntityType);
}
