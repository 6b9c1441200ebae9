using Crdt.Codec;
using Crdt.Entities;
using Crdt.Storage;
using Crdt.Sync.Frames;

namespace Crdt.Sync.Sessions;

/// <summary>
/// Finds where two lanes differ and exchanges the rows. The side with the lower id leads: it serves what the other searches for the difference in, and is
/// told the difference. A side that has applied all that the other had needs no rows of it: whatever the other holds, it holds as well or knows to be gone.
/// </summary>
/// <param name="search">How the difference is found.</param>
/// <param name="plan">Who has something to send.</param>
/// <param name="mine">How this side introduced the lane.</param>
/// <param name="theirs">How the peer did.</param>
/// <param name="wire">How rows are put into frames.</param>
internal sealed class Reconciliation(DifferenceSearch search, LanePlan plan, LaneIntroduction mine, LaneIntroduction theirs, BatchWire wire)
    : StateExchange(mine.Standing.Lane, wire)
{
    private const int ItemsAtOnce = WireLimits.Items, MostAhead = 2000;
    private readonly List<ulong> _wanted = [];
    private readonly List<ulong> _offered = [];
    private bool _isKnown;
    private bool _isAnswered;

    public override int Comparisons => search.Comparisons;

    protected override bool Sends => plan.Sends;

    protected override bool Receives => plan.Receives;

    protected override bool BothFreeze => true;

    protected override bool AwaitsRows => _isKnown;

    private bool Offers => Sends && theirs.HasStaged;

    private bool IsOffered => Receives && mine.HasStaged;

    public override IEnumerable<SessionAction> RowsRead(IReadOnlyList<StoredEntity> rows, EntityId? next)
    {
        if (rows.Any(row => row.Id == default)) throw new WireFormatException("the peer asks for a row that there is not", 0);
        return Sender.Take(rows, next, isScan: false);
    }

    protected override IEnumerable<SessionAction> Begin() => search.Begin(Own).Select(Send);

    protected override IEnumerable<SessionAction> Compare(Frame.OfLane frame)
    {
        if (frame is Frame.Difference difference)
        {
            if (search.Leads && !_isKnown) return Learn(difference);
            if (!search.Leads && _isKnown && Offers && !_isAnswered) return Answer(difference);
        }
        else if (Theirs is not null && !_isKnown && search.Expects(frame))
        {
            return Search(frame, Theirs);
        }

        throw Untimely(frame);
    }

    private IEnumerable<SessionAction> Search(Frame.OfLane frame, Frame.Freeze freeze)
    {
        foreach (var answer in search.Take(frame, Own, freeze.Count)) yield return Send(answer);
        if (!search.IsDone) yield break;
        (_isKnown, OnlyHere, OnlyThere) = (true, search.OnlyHere, search.OnlyThere);
        // Who may hold rows from an earlier session is asked first which ones it needs.
        foreach (var answer in Tell(OnlyThere, Offers ? OnlyHere : [])) yield return answer;
        if (!Offers && Sends)
        {
            foreach (var action in Sender.SendItems([.. OnlyHere])) yield return action;
        }

        if (Receives && OnlyHere.Count > 0) yield return ReadAhead();
    }

    /// <summary>The leader learns what the follower has found out.</summary>
    private IEnumerable<SessionAction> Learn(Frame.Difference difference)
    {
        RequireSome(difference);
        _wanted.AddRange(difference.Wanted);
        _offered.AddRange(difference.Offered);
        OnlyHere.UnionWith(difference.Wanted);
        OnlyHere.UnionWith(difference.Held);
        if (Math.Max(_wanted.Count, OnlyHere.Count) > Own.Tree.Count || _offered.Count > (Theirs?.Count ?? 0)) throw new WireFormatException("more differs than there is", 0);
        if (_offered.Count > 0 && !IsOffered) throw new WireFormatException("rows were offered that were not to be", 0);
        if (_wanted.Count > 0 && !Sends) throw new WireFormatException("rows are wanted of a side that has nothing new", 0);
        if (!difference.IsLast) yield break;
        _isKnown = true;
        if (IsOffered)
        {
            OnlyThere = [.. _offered];
            foreach (var answer in Tell(OnlyThere, [])) yield return answer;
        }

        if (Sends)
        {
            foreach (var action in Sender.SendItems(_wanted)) yield return action;
        }

        if (Receives && OnlyHere.Count > 0) yield return ReadAhead();
    }

    /// <summary>What only this side has is mostly another state of what the peer has: it is read while the peer looks up its own.</summary>
    private SessionAction.ReadAhead ReadAhead() => new(Lane, [.. OnlyHere.Take(MostAhead)]);

    /// <summary>The follower learns which of the rows that it offered are needed.</summary>
    private IEnumerable<SessionAction> Answer(Frame.Difference difference)
    {
        RequireSome(difference);
        _wanted.AddRange(difference.Wanted);
        if (_wanted.Count > OnlyHere.Count || difference.Wanted.Any(item => !OnlyHere.Contains(item))) throw new WireFormatException("the peer asks for a row that it was not offered", 0);
        if (!difference.IsLast) return [];
        _isAnswered = true;
        return Sender.SendItems(_wanted);
    }

    private static void RequireSome(Frame.Difference difference)
    {
        if (!difference.IsLast && difference.Wanted.Count + difference.Held.Count + difference.Offered.Count == 0) throw new WireFormatException("a part of a difference is empty", 0);
    }

    /// <summary>Says which rows of the peer's are needed and which are here, and offers one's own, in frames of bounded size.</summary>
    private IEnumerable<SessionAction> Tell(IReadOnlyCollection<ulong> lacking, IReadOnlyCollection<ulong> offered)
    {
        List<Frame.Difference> frames = [];
        frames.AddRange(lacking.Where(IsWanted).Chunk(ItemsAtOnce).Select(items => new Frame.Difference(Lane, items, [], [], IsLast: false)));
        frames.AddRange(lacking.Where(item => !IsWanted(item)).Chunk(ItemsAtOnce).Select(items => new Frame.Difference(Lane, [], items, [], IsLast: false)));
        frames.AddRange(offered.Chunk(ItemsAtOnce).Select(items => new Frame.Difference(Lane, [], [], items, IsLast: false)));
        if (frames.Count == 0) frames.Add(new(Lane, [], [], [], IsLast: false));
        frames[^1] = frames[^1] with { IsLast = true };
        return frames.Select(Send);
    }

    private bool IsWanted(ulong item) => Receives && !Staged.Contains(item);
}
