using Crdt.Entities;
using Crdt.Storage;

namespace Crdt.Sync.Distributed;

/// <summary>One thing that a distributed transaction does to an entity, the same at every participant.</summary>
/// <param name="Verb">What.</param>
/// <param name="Entity">To which entity.</param>
internal sealed record Operation(OperationVerb Verb, EntityId Entity)
{
    /// <summary>To which field, where the operation is of a field.</summary>
    public string Field { get; init; } = "";

    /// <summary>The element or key, where there is one.</summary>
    public object? Key { get; init; }

    /// <summary>The value that is set; null also where null is.</summary>
    public object? Value { get; init; }

    /// <summary>The unique value that is claimed or given up.</summary>
    public UniqueClaim Claim { get; init; }

    /// <summary>Whether it writes nothing by itself, and is about a unique value.</summary>
    public bool IsClaim => Verb is OperationVerb.Claim or OperationVerb.Release;

    /// <summary>What is added to a counter.</summary>
    public long Amount { get; init; }
}
