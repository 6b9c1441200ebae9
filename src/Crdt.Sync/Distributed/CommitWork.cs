using Crdt.Sync.Truth;

namespace Crdt.Sync.Distributed;

/// <summary>What a coordinator commits when all have agreed.</summary>
/// <param name="CommitAsync">Commits it, as the decision that it is given; gives what speaks against it, as a sentence, where it has committed nothing.</param>
internal sealed record CommitWork(Func<HeldTruth, ValueTask<string?>> CommitAsync)
{
    /// <summary>The lane whose event participants are told of; null where nothing is written to another one.</summary>
    public string? Lane { get; init; }
}
