using Crdt.Entities;

namespace Crdt.Sync;

/// <summary>A transaction gives a node a value that is unique and that another one has. Nothing of it was committed.</summary>
public sealed class UniqueValueTakenException : InvalidOperationException
{
    internal UniqueValueTakenException(string who, string field, object? value, EntityId? owner)
        : base($"{who} has '{value}' as its {field}. Nothing was committed: choose another value, or change the one that has it{(owner is null ? ", which this replica sees once it has synced with that peer" : "")}.") =>
        (Field, Value, Owner) = (field, value, owner);

    /// <summary>The name of the field.</summary>
    public string Field { get; }

    /// <summary>The value.</summary>
    public object? Value { get; }

    /// <summary>Which entity has it; null where it is one that this replica doesn't know of, and a peer does.</summary>
    public EntityId? Owner { get; }
}
