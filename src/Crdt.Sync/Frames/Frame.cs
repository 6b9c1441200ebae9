using Crdt.Clocks;
using Crdt.Schema;
using Crdt.Signing;
using Crdt.Sync.Sessions;

namespace Crdt.Sync.Frames;

/// <summary>
/// What replicas say to each other. <c>docs/sync-protocol.md</c> has the grammar, and who may say what when.
/// </summary>
/// <param name="Type">Which of the frames this is.</param>
public abstract partial record Frame(FrameType Type)
{
    /// <summary>A frame that speaks of one lane.</summary>
    public abstract record OfLane(FrameType Type, string Lane) : Frame(Type);

    /// <summary>Opens a session in few bytes: equal replicas need no more.</summary>
    /// <param name="Major">The protocol's version: with another one nobody can talk.</param>
    /// <param name="Minor">Its minor version: the lower one is spoken.</param>
    /// <param name="Tag">The first 32 bits of the replica's id.</param>
    /// <param name="SchemaTag">32 bits of a digest of its schema: who has the same needs not be sent it.</param>
    /// <param name="State">A digest of the schema and of each lane's vector and root.</param>
    public sealed record Hello(int Major, int Minor, uint Tag, uint SchemaTag, UInt128 State) : Frame(FrameType.Hello)
    {
        /// <summary>Whether the speaker stays on the way when the session is over, and passes on what it applies.</summary>
        public bool Stays { get; init; }

        /// <summary>What the peer is to sign, to show that it has the key of its id; empty where it need not. It introduces itself then in any case.</summary>
        public ReadOnlyMemory<byte> Challenge { get; init; }

        /// <summary>What another version says beyond that; this one passes over it.</summary>
        public ReadOnlyMemory<byte> Rest { get; init; }
    }

    /// <summary>Says who one is, where one's greeting differs from the peer's.</summary>
    /// <param name="Replica">The id that it writes under.</param>
    /// <param name="Name">Its name for people.</param>
    /// <param name="Schema">The types that it knows; null where the peer's digest says that it knows the same.</param>
    /// <param name="Codecs">The numbers of the compressions that it reads, the preferred first.</param>
    /// <param name="Wall">The time on its wall clock.</param>
    /// <param name="Clock">The newest stamp that it has given or seen.</param>
    /// <param name="MaxClockLead">How far ahead of its wall clock a stamp may be.</param>
    /// <param name="Lanes">Where its lanes stand, ascending by name.</param>
    public sealed record Introduction(
        ReplicaId Replica, string Name, GraphSchema? Schema, IReadOnlyList<byte> Codecs, Stamp Wall, Stamp Clock, TimeSpan MaxClockLead, IReadOnlyList<LaneIntroduction> Lanes)
        : Frame(FrameType.Introduction)
    {
        /// <summary>Shows that it has the key of its id, where the peer's greeting asked for that.</summary>
        public IdentityProof? Proof { get; init; }
    }

    /// <summary>Ends the session.</summary>
    public sealed record Bye(SessionEnd Reason, string Text) : Frame(FrameType.Bye);

    /// <summary>Confirms one <see cref="Events"/> or <see cref="Rows"/> frame of a lane.</summary>
    /// <param name="Lane">The lane.</param>
    /// <param name="Held">How many of its events were held back because their clock is too far ahead.</param>
    /// <param name="Refused">How many of them were refused, because they are malformed or follow one of their origin that is.</param>
    public sealed record Ack(string Lane, int Held = 0, int Refused = 0) : OfLane(FrameType.Ack, Lane);

    /// <summary>Carries events in causal order.</summary>
    public sealed record Events(string Lane, ReadOnlyMemory<byte> Batch) : OfLane(FrameType.Events, Lane);

    /// <summary>Ends what one side has to send of a lane's log.</summary>
    /// <param name="Lane">The lane.</param>
    /// <param name="End">Whether the log lacked something that the introduction spoke of.</param>
    public sealed record Done(string Lane, LogEnd End = LogEnd.Whole) : OfLane(FrameType.Done, Lane);

    /// <summary>Says as of which moment one speaks of a lane from here on.</summary>
    /// <param name="Lane">The lane.</param>
    /// <param name="Vector">What had been applied.</param>
    /// <param name="Clock">The clock then; no row has a later stamp.</param>
    /// <param name="Count">How many entities the lane had.</param>
    /// <param name="Root">The root of their digests.</param>
    public sealed record Freeze(string Lane, VersionVector Vector, Stamp Clock, long Count, UInt128 Root) : OfLane(FrameType.Freeze, Lane);

    /// <summary>Carries the first syndromes of the speaker's items.</summary>
    public sealed record Syndromes(string Lane, IReadOnlyList<ulong> Sums) : OfLane(FrameType.Syndromes, Lane);

    /// <summary>Carries a run of cells, from cell <paramref name="From"/> on.</summary>
    public sealed record Cells(string Lane, int From, ReadOnlyMemory<byte> Run) : OfLane(FrameType.Cells, Lane);

    /// <summary>Asks for cells up to <paramref name="UpTo"/>, or, where that is 0, for the leaves of the tree.</summary>
    public sealed record More(string Lane, int UpTo) : OfLane(FrameType.More, Lane);

    /// <summary>Carries the hashes of all leaves, 16 bytes each.</summary>
    public sealed record Leaves(string Lane, ReadOnlyMemory<byte> Hashes) : OfLane(FrameType.Leaves, Lane);

    /// <summary>Asks for the items of the leaves that differ, ascending.</summary>
    public sealed record Differing(string Lane, IReadOnlyList<int> Numbers) : OfLane(FrameType.Differing, Lane);

    /// <summary>Carries items of one leaf.</summary>
    /// <param name="Lane">The lane.</param>
    /// <param name="Leaf">The leaf.</param>
    /// <param name="Values">The items.</param>
    /// <param name="IsLast">Whether that was all that was asked for.</param>
    public sealed record Items(string Lane, int Leaf, IReadOnlyList<ulong> Values, bool IsLast) : OfLane(FrameType.Items, Lane);

    /// <summary>Says what differs.</summary>
    /// <param name="Lane">The lane.</param>
    /// <param name="Wanted">Items of the peer's whose rows one needs.</param>
    /// <param name="Held">Items of the peer's that one lacks, but whose rows one has put aside already.</param>
    /// <param name="Offered">One's own items that the peer lacks, where it may have put some aside.</param>
    /// <param name="IsLast">Whether the difference is complete with this frame.</param>
    public sealed record Difference(string Lane, IReadOnlyList<ulong> Wanted, IReadOnlyList<ulong> Held, IReadOnlyList<ulong> Offered, bool IsLast) : OfLane(FrameType.Difference, Lane);

    /// <summary>Carries rows.</summary>
    /// <param name="Lane">The lane.</param>
    /// <param name="Batch">The rows, ascending by id.</param>
    /// <param name="IsLast">Whether those were all.</param>
    public sealed record Rows(string Lane, ReadOnlyMemory<byte> Batch, bool IsLast) : OfLane(FrameType.Rows, Lane);

    /// <summary>Says that the peer's state of the lane has been taken over, durably.</summary>
    public sealed record Joined(string Lane) : OfLane(FrameType.Joined, Lane);

    /// <summary>Says who stands ready for distributed transactions.</summary>
    /// <param name="Major">The protocol's version: with another one nobody can talk.</param>
    /// <param name="Replica">The id that it writes under.</param>
    /// <param name="Former">The ids that it wrote under before, the latest first: what is meant for those reaches it too.</param>
    /// <param name="Codecs">The numbers of the compressions that it reads, the preferred first.</param>
    public sealed record Ready(int Major, ReplicaId Replica, IReadOnlyList<ReplicaId> Former, IReadOnlyList<byte> Codecs) : Frame(FrameType.Ready);

    /// <summary>Carries a message of two-phase commit; see <c>docs/commit-protocol.md</c>.</summary>
    public sealed record Commit(ReadOnlyMemory<byte> Message) : Frame(FrameType.Commit);

    /// <summary>Asks for the events of a lane that a vector doesn't cover, because what was committed depends on them.</summary>
    public sealed record Lacks(string Lane, VersionVector Vector) : OfLane(FrameType.Lacks, Lane);
}
