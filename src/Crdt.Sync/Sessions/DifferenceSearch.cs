using System.Buffers.Binary;
using Crdt.Codec;
using Crdt.Sync.Differences;
using Crdt.Sync.Frames;
using Crdt.Sync.Reconciling;

namespace Crdt.Sync.Sessions;

/// <summary>
/// How two sides find out in which items they differ: the leader sends syndromes of its items where few differences are to be expected; otherwise, or
/// where those don't do, cells, as many as the follower asks for; and where there are too many differences for that, the leaves of its tree and the items of those that differ.
/// </summary>
/// <param name="lane">The lane.</param>
/// <param name="leads">Whether this side is the leader.</param>
/// <param name="plan">What goes first.</param>
internal sealed class DifferenceSearch(string lane, bool leads, SearchPlan plan)
{
    private const int HashSize = 16;
    private readonly DifferenceDecoder _decoder = new();
    private SyndromeComparison? _syndromes;
    private Queue<int>? _leaves;
    private int _sent;
    private int? _asked;
    private bool _hasSentLeaves;
    private bool _hasSentItems;

    /// <summary>Whether this side is the leader.</summary>
    public bool Leads => leads;

    /// <summary>Whether the follower knows the difference.</summary>
    public bool IsDone { get; private set; }

    /// <summary>What the follower has found on its own side only.</summary>
    public HashSet<ulong> OnlyHere { get; private set; } = [];

    /// <summary>What the follower has found on the leader's side only.</summary>
    public HashSet<ulong> OnlyThere { get; private set; } = [];

    /// <summary>How many syndromes, cells and hashes the follower has compared.</summary>
    public int Comparisons => (_syndromes?.Comparisons ?? 0) + _decoder.Comparisons + (_leaves is null ? 0 : MerkleTree.Leaves);

    public IEnumerable<Frame> Begin(LaneSnapshot own) => (leads, plan.Syndromes) switch
    {
        (false, _) => [],
        (true, 0) => [CellsUpTo(plan.Cells, own)],
        (true, var count) => [new Frame.Syndromes(lane, own.Syndromes[..count].ToArray())],
    };

    public bool Expects(Frame.OfLane frame) => leads ? frame is Frame.More or Frame.Differing : frame is Frame.Syndromes or Frame.Cells or Frame.Leaves or Frame.Items;

    /// <summary>Takes a frame, and gives the answers.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="own">This side's lane.</param>
    /// <param name="peerCount">How many entities the peer has.</param>
    /// <exception cref="WireFormatException">It says what can't be.</exception>
    public IEnumerable<Frame> Take(Frame.OfLane frame, LaneSnapshot own, long peerCount) => frame switch
    {
        Frame.More { UpTo: 0 } when !_hasSentLeaves => [LeavesOf(own)],
        Frame.More more when more.UpTo > _sent && more.UpTo <= CellRun.Limit && !IsPetty(more.UpTo) => [CellsUpTo(more.UpTo, own)],
        Frame.Differing differing when _hasSentLeaves && !_hasSentItems => ItemsOf(differing.Numbers, own),
        Frame.Syndromes syndromes when _syndromes is null && _decoder.Cells == 0 && _leaves is null => Decode(syndromes, own, peerCount),
        Frame.Cells cells when cells.From == _decoder.Cells && _leaves is null => Decode(cells, own, peerCount),
        Frame.Leaves leaves when _leaves is null => Compare(leaves, own),
        Frame.Items items when _leaves is not null => Compare(items, own),
        _ => throw new WireFormatException($"a frame of type {frame.Type} has no place here now", 0),
    };

    // Beyond the prefix each piece goes over all items, so pieces have to be few.
    private bool IsPetty(int upTo) => upTo > CellPrefix.Length && upTo < Math.Min(2 * _sent, CellRun.Limit);

    private Frame.Cells CellsUpTo(int count, LaneSnapshot own)
    {
        var writer = new WireWriter((count - _sent) * HashSize);
        CellRun.Write(ref writer, own.Cells(_sent, count - _sent), _sent, own.Tree.Count);
        var frame = new Frame.Cells(lane, _sent, writer.Finish());
        _sent = count;
        return frame;
    }

    private Frame.Leaves LeavesOf(LaneSnapshot own)
    {
        _hasSentLeaves = true;
        var hashes = new byte[MerkleTree.Leaves * HashSize];
        for (var leaf = 0; leaf < MerkleTree.Leaves; leaf++) BinaryPrimitives.WriteUInt128BigEndian(hashes.AsSpan(leaf * HashSize), own.Tree.HashOf(MerkleTree.LeafLevel, leaf));
        return new(lane, hashes);
    }

    private IEnumerable<Frame> ItemsOf(IReadOnlyList<int> leaves, LaneSnapshot own)
    {
        if (leaves.Count == 0 || leaves[^1] >= MerkleTree.Leaves) throw new WireFormatException("there is no such leaf", 0);
        _hasSentItems = true;
        return leaves.Select((leaf, i) => new Frame.Items(lane, leaf, own.ItemsOfLeaf(leaf), i == leaves.Count - 1));
    }

    private IEnumerable<Frame> Decode(Frame.Syndromes frame, LaneSnapshot own, long peerCount)
    {
        ulong[] theirs = [.. frame.Sums];
        if (theirs.Length == 0) throw new WireFormatException("there is no syndrome among syndromes", 0);
        _syndromes = new(own.Syndromes[..theirs.Length], theirs, own.CountOf, peerCount - own.Tree.Count);
        if (!_syndromes.IsComplete)
        {
            _asked = plan.Cells;
            return [new Frame.More(lane, plan.Cells)];
        }

        (IsDone, OnlyHere, OnlyThere) = (true, [.. _syndromes.OnlyHere], [.. _syndromes.OnlyThere]);
        return [];
    }

    private IEnumerable<Frame> Decode(Frame.Cells cells, LaneSnapshot own, long peerCount)
    {
        if (peerCount > int.MaxValue) throw new WireFormatException($"a lane of {peerCount} entities can't be compared", 0);
        var reader = new WireReader(cells.Run.Span);
        var most = (_asked ?? CellPrefix.Length) - cells.From;
        var theirs = CellRun.Read(ref reader, cells.From, (int)peerCount, Math.Max(most, 0));
        reader.End();
        if (_asked is not null && theirs.Length != most) throw new WireFormatException($"{theirs.Length} cells came where {most} were asked for", 0);
        if (theirs.Length == 0) throw new WireFormatException("there is no cell in a run of cells", 0);
        _decoder.Add(own.Cells(cells.From, theirs.Length), theirs);
        if (!_decoder.IsComplete)
        {
            _asked = CellPlan.NextPiece(_decoder) is > 0 and var more ? _decoder.Cells + more : 0;
            return [new Frame.More(lane, _asked.Value)];
        }

        (IsDone, OnlyHere, OnlyThere) = (true, [.. _decoder.OnlyHere], [.. _decoder.OnlyThere]);
        return [];
    }

    private IEnumerable<Frame> Compare(Frame.Leaves leaves, LaneSnapshot own)
    {
        if (leaves.Hashes.Length != MerkleTree.Leaves * HashSize) throw new WireFormatException($"a tree has {MerkleTree.Leaves} leaves", 0);
        _leaves = new();
        for (var leaf = 0; leaf < MerkleTree.Leaves; leaf++)
        {
            var theirs = BinaryPrimitives.ReadUInt128BigEndian(leaves.Hashes.Span[(leaf * HashSize)..]);
            if (theirs != own.Tree.HashOf(MerkleTree.LeafLevel, leaf)) _leaves.Enqueue(leaf);
        }

        IsDone = _leaves.Count == 0;
        return IsDone ? [] : [new Frame.Differing(lane, [.. _leaves])];
    }

    private IEnumerable<Frame> Compare(Frame.Items items, LaneSnapshot own)
    {
        if (!_leaves!.TryDequeue(out var leaf) || leaf != items.Leaf || items.IsLast != (_leaves.Count == 0)) throw new WireFormatException("the items of another leaf were asked for", 0);
        if (items.Values.Any(item => LaneSnapshot.LeafOf(item) != leaf)) throw new WireFormatException("an item is not of its leaf", 0);
        var (theirs, mine) = (items.Values.ToHashSet(), own.ItemsOfLeaf(leaf).ToHashSet());
        OnlyThere.UnionWith(theirs.Where(item => !mine.Contains(item)));
        OnlyHere.UnionWith(mine.Where(item => !theirs.Contains(item)));
        IsDone = items.IsLast;
        return [];
    }
}
