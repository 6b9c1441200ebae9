namespace Crdt.Sync.Signatures;

/// <summary>How much one seal stands for: the events of a run from one of them on, up to the one with the seal, and where that has a path, the events that it leads over.</summary>
/// <param name="Events">How many events.</param>
/// <param name="Bytes">The bytes of those that are there.</param>
/// <param name="IsLone">Whether there is only the one with the seal, which may be as large as any.</param>
internal readonly record struct SealedRun(int Events, long Bytes, bool IsLone)
{
    /// <summary>So many bytes are put into a run, so that whoever passes it on can put it into a frame.</summary>
    public const int MaxMade = 512 * 1024;

    /// <summary>So many are taken.</summary>
    public const int MaxTaken = 2 * MaxMade;

    /// <summary>Whether a reader takes it.</summary>
    public bool MayBeTaken => Events <= SealedEvent.MaxPath && (IsLone || Bytes <= MaxTaken);

    /// <summary>The run of an event with a seal.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="path">How many events its path leads over.</param>
    public static SealedRun EndingWith(int bytes, int path) => new(path, bytes, IsLone: true);

    /// <summary>The run with an event before it.</summary>
    public SealedRun Before(int bytes) => new(Events + 1, Bytes + bytes, IsLone: false);
}
