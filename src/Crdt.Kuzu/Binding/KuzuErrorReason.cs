namespace Crdt.Kuzu.Binding;

/// <summary>Why the engine failed, as far as a caller can act on it.</summary>
public enum KuzuErrorReason
{
    /// <summary>None of the others. The message is all there is.</summary>
    Unknown = 0,

    /// <summary>The statement does not parse, or names what is not there. Trying again is of no use.</summary>
    InvalidStatement,

    /// <summary>The database file is open in another process, or already in this one.</summary>
    Locked,

    /// <summary>The path is a folder, or its folder does not exist, or it may not be read.</summary>
    InvalidPath,

    /// <summary>The file, or its write-ahead log, is damaged or not a Kuzu database: set it aside and rebuild it.</summary>
    Corrupt,

    /// <summary>The file was written by another version of the engine: set it aside and rebuild it.</summary>
    StorageVersion,

    /// <summary>The statement needs more memory than the buffer pool has: split the batch and go on.</summary>
    BufferPoolFull,

    /// <summary>Another connection has a write transaction open; the engine allows one at a time.</summary>
    WriterBusy,

    /// <summary>A node with this primary key exists.</summary>
    DuplicateKey,

    /// <summary>A relationship names a node that does not exist.</summary>
    MissingNode,

    /// <summary>The statement was interrupted, or ran longer than the connection's timeout.</summary>
    Interrupted,

    /// <summary>The database was opened to be read only.</summary>
    ReadOnly,

    /// <summary>
    /// The transaction was committed and is durable, but the checkpoint after it did not come about, as another
    /// transaction stayed open. The write-ahead log keeps what the checkpoint would have moved.
    /// </summary>
    CheckpointFailed,

    /// <summary>
    /// Another transaction wrote to the same row: as there is one writer at a time, one that was rolled back for want of memory, which
    /// the engine doesn't undo as a whole. Closing the database and opening it again does.
    /// </summary>
    WriteConflict,
}
