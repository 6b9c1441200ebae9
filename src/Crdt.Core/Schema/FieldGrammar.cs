namespace Crdt.Schema;

/// <summary>The forms of dot store that every field is made of (Almeida et al., 2018, section 7).</summary>
public enum FieldGrammar : byte
{
    /// <summary>Dots, each with a payload.</summary>
    DotFun = 1,

    /// <summary>Keys, each with the dots that hold it.</summary>
    DotMap = 2,

    /// <summary>Keys, each with dots that have a payload.</summary>
    DotFunMap = 3,
}
