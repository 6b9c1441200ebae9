namespace Crdt.Sync.Batches;

/// <summary>How a column of byte strings is written. The numbers are part of the wire format.</summary>
internal enum BytesForm : byte
{
    /// <summary>There are none.</summary>
    Empty = 0,

    /// <summary>Lengths, then the bytes.</summary>
    Plain = 1,

    /// <summary>All are numbers in base 128, and a column of those.</summary>
    Numbers = 2,

    /// <summary>What each has in common with the one before, at its beginning and at its end, and the bytes between.</summary>
    Affixes = 3,
}
