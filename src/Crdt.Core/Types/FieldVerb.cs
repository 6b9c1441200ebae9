namespace Crdt.Types;

/// <summary>What a field can be told to do without knowing its C# type.</summary>
internal enum FieldVerb
{
    /// <summary>Writes a value: a register or flag, or a key of a map.</summary>
    Write,

    /// <summary>Adds an amount: a counter, or a key of a map of counters.</summary>
    Change,

    /// <summary>Gives another replica an amount of a bounded counter's rights; the key is its id.</summary>
    Give,

    /// <summary>Adds an element to a set.</summary>
    Add,

    /// <summary>Removes an element of a set, a key of a map, or the item of a list at an index.</summary>
    Remove,

    /// <summary>Inserts an item into a list at an index.</summary>
    Insert,

    /// <summary>Replaces the item of a list at an index.</summary>
    Replace,

    /// <summary>Moves the item of a list from an index to another.</summary>
    Move,
}
