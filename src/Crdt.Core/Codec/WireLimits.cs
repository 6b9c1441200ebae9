namespace Crdt.Codec;

/// <summary>What a decoder accepts. Each limit is checked before anything is allocated on the word of the input.</summary>
public static class WireLimits
{
    /// <summary>The largest frame between two replicas, in bytes.</summary>
    public const int Frame = 4 * 1024 * 1024;

    /// <summary>The largest entity that a transaction may leave behind, and the largest delta in an event, in bytes.</summary>
    public const int Record = 1024 * 1024;

    /// <summary>The largest single value, in bytes.</summary>
    public const int Value = 512 * 1024;

    /// <summary>The most items in one collection: dots of a register, elements of a set, runs of a context.</summary>
    public const int Items = 65_536;

    /// <summary>The most steps in the position of a list's item.</summary>
    public const int ListSteps = 64;

    /// <summary>The highest rank of a step in such a position.</summary>
    public const int ListRank = 1_000_000;

    /// <summary>The longest form of an entity's identity, in bytes.</summary>
    public const int Identity = 4096;
}
