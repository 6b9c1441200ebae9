namespace Crdt;

/// <summary>What a register with concurrent writes reads as. All writes are kept in any case, until a later one replaces them.</summary>
public enum Resolution
{
    /// <summary>The write with the highest (time, replica).</summary>
    LastWriteWins,

    /// <summary>The write with the lowest (time, replica).</summary>
    FirstWriteWins,

    /// <summary>The last write that was made online; the last of all where every one was made offline.</summary>
    OnlineWins,

    /// <summary>The greatest value.</summary>
    Max,

    /// <summary>The least value.</summary>
    Min,
}
