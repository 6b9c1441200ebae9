namespace Crdt.Sync.Distributed;

/// <summary>What an operation of a distributed transaction does. The numbers are part of the protocol.</summary>
internal enum OperationVerb : byte
{
    /// <summary>Creates an entity that must not exist.</summary>
    Create = 1,

    /// <summary>Deletes an entity that must exist.</summary>
    Delete = 2,

    /// <summary>Demands that an entity exists, and changes nothing.</summary>
    Require = 3,

    /// <summary>Sets a field that has one value.</summary>
    Set = 4,

    /// <summary>Adds to a counter.</summary>
    Increment = 5,

    /// <summary>Adds an element to a set.</summary>
    Add = 6,

    /// <summary>Removes an element of a set, or a key of a map.</summary>
    Remove = 7,

    /// <summary>Sets the value of a key of a map.</summary>
    Put = 8,

    /// <summary>Adds to the counter of a key.</summary>
    IncrementAt = 9,

    /// <summary>Reserves a unique value for an entity, which another transaction writes.</summary>
    Claim = 10,

    /// <summary>Says that an entity gives a unique value up.</summary>
    Release = 11,
}
