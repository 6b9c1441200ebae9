namespace Crdt.Kuzu.Binding;

/// <summary>How a database is opened. The defaults suit an application that embeds one beside its own work.</summary>
public sealed record KuzuOptions
{
    /// <summary>Bytes of memory the engine may use for pages and for what its operators hold. At least 16 MiB is sensible; 64 MiB unless
    /// told.</summary>
    public ulong BufferPoolSize { get; init; } = 64UL << 20;

    /// <summary>Bytes of address space to reserve, and so the largest size of the file. A power of two from 8 MiB up; 64 GiB unless
    /// told.</summary>
    public ulong MaxDatabaseSize { get; init; } = 64UL << 30;

    /// <summary>Threads that may work on one statement; the number of processors unless told.</summary>
    public int MaxThreads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether only to read. Other processes may then open the file to read, and none to write.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether columns are compressed in the file; they are unless told otherwise.</summary>
    public bool Compression { get; init; } = true;

    /// <summary>
    /// Whether a commit that takes the write-ahead log past <see cref="CheckpointThreshold"/> checkpoints. A transaction with a COPY in it
    /// checkpoints in any case when it commits, and so does closing the database.
    /// </summary>
    public bool AutoCheckpoint { get; init; } = true;

    /// <summary>Bytes of write-ahead log from which a commit checkpoints; 16 MiB unless told.</summary>
    public ulong CheckpointThreshold { get; init; } = 16UL << 20;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfZero(BufferPoolSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxThreads, 1);
        if (!ulong.IsPow2(MaxDatabaseSize) || MaxDatabaseSize < 8UL << 20)
            throw new ArgumentOutOfRangeException(nameof(MaxDatabaseSize), MaxDatabaseSize, "The size must be a power of two from 8 MiB up.");
    }
}
