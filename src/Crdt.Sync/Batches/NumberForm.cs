namespace Crdt.Sync.Batches;

/// <summary>How a column of numbers is written. The numbers are part of the wire format.</summary>
internal enum NumberForm : byte
{
    /// <summary>There are none.</summary>
    Empty = 0,

    /// <summary>One, which every row has.</summary>
    Constant = 1,

    /// <summary>One after the other.</summary>
    Plain = 2,

    /// <summary>Each as its difference to the one before, the first to 0.</summary>
    Delta = 3,
}
