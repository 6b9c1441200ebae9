namespace Crdt;

/// <summary>
/// How many relationships of a type a node can have. Replicas can each connect another node before they hear of each other; of
/// those, the latest connection is shown and the others are kept, hidden, as a conflict. The numbers are part of the wire format.
/// </summary>
public enum Multiplicity
{
    /// <summary>Any number, at both ends.</summary>
    ManyMany = 0,

    /// <summary>Each source leads to one target at most: a person to an employer.</summary>
    ManyOne = 1,

    /// <summary>Each target is led to from one source at most: a parcel from a van.</summary>
    OneMany = 2,

    /// <summary>Each source leads to one target at most, and each target is led to from one source at most: a seat to a passenger.</summary>
    OneOne = 3,
}
