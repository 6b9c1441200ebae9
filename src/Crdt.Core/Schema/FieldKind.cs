namespace Crdt.Schema;

/// <summary>
/// How a field merges and reads. The two low bits are its <see cref="FieldGrammar"/>: whoever knows those can merge the
/// field without knowing the kind. The numbers are part of the wire format.
/// </summary>
public enum FieldKind : byte
{
    /// <summary>A last-write-wins register: dots with a stamp and a value.</summary>
    Register = 0b0000_00_01,

    /// <summary>A counter: dots with what their replica has added and subtracted.</summary>
    Counter = 0b0000_01_01,

    /// <summary>An observed-remove set: values with the dots that added them.</summary>
    Set = 0b0000_00_10,
}
