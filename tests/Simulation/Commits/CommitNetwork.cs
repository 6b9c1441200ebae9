using Crdt.Clocks;
using Crdt.Sync.Commit;

namespace Crdt.Tests.Simulation.Commits;

/// <summary>Messages on their way: in any order, however late, twice or never.</summary>
internal sealed class CommitNetwork
{
    private readonly List<(ReplicaId From, ReplicaId To, byte[] Message)> _underWay = [];
    private readonly HashSet<(ReplicaId, ReplicaId)> _cut = [];

    /// <summary>The transactions that somebody else was asked for.</summary>
    public HashSet<TransactionId> Asked { get; } = [];

    public int UnderWay => _underWay.Count;

    public void Send(ReplicaId from, ReplicaId to, CommitMessage message)
    {
        if (message is CommitMessage.Prepare) Asked.Add(message.Id);
        if (!IsCut(from, to)) _underWay.Add((from, to, CommitMessageCodec.Encode(message)));
    }

    /// <summary>Takes a message off the way, or leaves a second one there.</summary>
    public (ReplicaId From, ReplicaId To, CommitMessage Message) Take(int index, bool isDoubled)
    {
        var (from, to, message) = _underWay[index];
        if (!isDoubled) _underWay.RemoveAt(index);
        return (from, to, CommitMessageCodec.Decode(message));
    }

    /// <summary>Cuts the way between two, with what is on it, or opens it again.</summary>
    public bool Toggle(ReplicaId one, ReplicaId other)
    {
        var way = Way(one, other);
        if (_cut.Remove(way)) return false;
        _cut.Add(way);
        _underWay.RemoveAll(each => Way(each.From, each.To) == way);
        return true;
    }

    public bool IsCut(ReplicaId one, ReplicaId other) => _cut.Contains(Way(one, other));

    public void Heal() => _cut.Clear();

    private static (ReplicaId, ReplicaId) Way(ReplicaId one, ReplicaId other) => one.CompareTo(other) < 0 ? (one, other) : (other, one);
}
