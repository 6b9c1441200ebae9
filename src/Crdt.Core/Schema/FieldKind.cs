namespace Crdt.Schema;

/// <summary>
/// How a field merges and reads. The two low bits are its <see cref="FieldGrammar"/>: whoever knows those can merge the
/// field without knowing the kind. The highest bit says that its writes outlive the deletion of their entity, likewise for whoever
/// doesn't know the kind. The numbers are part of the wire format.
/// </summary>
public enum FieldKind : byte
{
    /// <summary>A last-write-wins register: dots with a stamp and a value.</summary>
    Register = 0b0000_00_01,

    /// <summary>A counter: dots with what their replica has added and subtracted.</summary>
    Counter = 0b0000_01_01,

    /// <summary>A register that reads as all of its concurrent values; its dots are those of <see cref="Register"/>.</summary>
    MultiValue = 0b0000_10_01,

    /// <summary>A counter that only grows: dots with what their replica has added.</summary>
    GrowOnlyCounter = 0b0000_11_01,

    /// <summary>A flag that is on where any dot holds it; the dots carry nothing.</summary>
    EnableWins = 0b0001_00_01,

    /// <summary>A flag that is off where any dot holds it; the dots carry nothing.</summary>
    DisableWins = 0b0001_01_01,

    /// <summary>A register that keeps the greatest value ever written; its dots are those of <see cref="Register"/>.</summary>
    Max = 0b0001_10_01,

    /// <summary>A register that keeps the least value ever written; its dots are those of <see cref="Register"/>.</summary>
    Min = 0b0001_11_01,

    /// <summary>A counter with a least value: dots with what their replica has added, subtracted, and given away of its rights to subtract.</summary>
    BoundedCounter = 0b1000_00_01,

    /// <summary>An observed-remove set: values with the dots that added them.</summary>
    Set = 0b0000_00_10,

    /// <summary>An observed-remove map of registers: keys, each with dots like those of <see cref="Register"/>.</summary>
    Map = 0b0000_00_11,

    /// <summary>An observed-remove map of counters: keys, each with dots like those of <see cref="Counter"/>.</summary>
    CounterMap = 0b0000_01_11,

    /// <summary>An ordered list: items under the dot that inserted them, each with dots that carry a position and a value.</summary>
    List = 0b0000_10_11,
}
